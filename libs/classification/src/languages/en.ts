import type { LanguageWords } from '../language.js';

export const ENGLISH: LanguageWords = {
  language: 'en',
  hasBlanks: true,
  letters: {},
  stopWords: ['the', 'and', 'is', 'are', 'was', 'we', 'our', 'you', 'your', 'i', 'my', 'to', 'of', 'in', 'it', 'this', 'that', 'for', 'with', 'not', 'have', 'has', 'please', 'can', 'cannot', 'how', 'what', 'when', 'from', 'on', 'but', 'be', 'an', 'at', 'by', 'which', 'would', 'been'],
  ownLetters: '',
  terms: {
    'customer-billing': {
      sure: ['invoice*', 'overcharged', 'billed twice', 'wrong bill', 'billing period', 'billing address', 'billing statement', 'credit note*', 'charged twice', 'double charge*', 'vat number', 'proforma'],
      likely: ['billing', 'billed', 'bill', 'bills', 'charge* ~ month*', 'amount ~ higher', 'amount ~ doubled', 'price ~ month', 'tax ~ invoice*', 'vat', 'cost* ~ doubled', 'purchase order number'],
      hint: ['charge*', 'amount', 'cost*', 'tax', 'accounting', 'bookkeep*', 'prorat*'],
    },
    'subscription-management': {
      sure: ['cancel* ~ subscription*', 'renew* ~ subscription*', 'suspend* ~ subscription*', 'upgrade ~ subscription*', 'downgrade*', 'auto renew*', 'automatic renewal', 'number of seats', 'change ~ plan', 'switch ~ plan', 'reactivate ~ subscription*', 'more seats', 'fewer seats', 'additional seats', 'terminate ~ subscription*', 'end of term', 'subscription ~ expire*'],
      likely: ['subscription*', 'renewal*', 'renew', 'cancellation', 'increase ~ seats', 'reduce ~ seats', 'add ~ seats', 'quantity', 'upgrade ~ plan', 'annual plan', 'monthly plan', 'notice period'],
      hint: ['seats', 'cancel*', 'upgrade', 'plan', 'term', 'expire*', 'suspend*'],
    },
    'account-setup': {
      sure: ['create ~ account', 'set up ~ account', 'setting up ~ account', 'new tenant', 'open ~ account', 'tenant ~ create*', 'domain verification', 'verify ~ domain', 'add ~ domain', 'global admin*', 'account setup', 'link ~ tenant', 'onboard ~ customer', 'onboard ~ tenant', 'first administrator', 'company profile'],
      likely: ['tenant*', 'new account', 'sign up', 'registration', 'register ~ company', 'admin* ~ account', 'change ~ administrator', 'delegated admin*', 'reseller relationship', 'set up ~ company'],
      hint: ['account', 'domain*', 'onboarding', 'administrator*'],
    },
    payment: {
      sure: ['credit card', 'debit card', 'payment method*', 'refund*', 'direct debit', 'bank transfer', 'payment ~ declined', 'card ~ declined', 'card ~ expired', 'payment ~ failed', 'payment* ~ reject*', 'iban', 'chargeback', 'sepa', 'payment reminder', 'wire transfer'],
      likely: ['payment*', 'pay', 'paid', 'bank account', 'dunning', 'overdue', 'bank details'],
      hint: ['card', 'bank', 'declined', 'money', 'debit*'],
    },
    'user-support': {
      sure: ['how do i', 'how do we', 'how can i', 'how can we', 'how to', 'where can i find', 'where do i', 'is it possible to', 'is there a way', 'can you show me', 'step by step', 'how does one', 'best way to'],
      likely: ['how does', 'where can', 'question about using', 'help me', 'explain', 'not sure how', 'configure', 'could you tell me', 'which setting*', 'what is the way'],
      hint: ['question', 'export*', 'report*', 'setting*', 'dashboard*', 'template*', 'filter*', 'wondering'],
    },
    'break-fix': {
      sure: ['crash*', 'error 500', 'does not work', 'doesn t work', 'not working', 'stopped working', 'stack trace', 'exception*', 'freez*', 'cannot sign in', 'can t sign in', 'cannot log in', 'can t log in', 'unable to log in', 'unable to sign in', 'sign in fails', 'login fails', 'blank page', 'white screen', 'data ~ lost', 'broken', 'corrupt*', 'hangs', 'bug', 'bugs', 'defect*', 'error message*'],
      likely: ['error', 'errors', 'fails', 'failed', 'failing', 'timeout*', 'timed out', 'malfunction*', 'wrong result*', 'missing data', 'sync* ~ stopped', 'does not load', 'won t load', 'does not open', 'not responding', 'unexpected*', 'nothing happens', 'page ~ empty'],
      hint: ['issue', 'problem*', 'sign in', 'login', 'password', 'sync*', 'slow', 'since ~ update', 'reproduce*'],
    },
    'service-health': {
      sure: ['outage*', 'service ~ down', 'system ~ down', 'platform ~ down', 'is down for', 'completely down', 'down for everyone', 'all users ~ affected', 'service unavailable', 'unavailable for all', 'error 503', 'nobody can', 'no one can', 'status page', 'service interruption*', 'degraded', 'whole company', 'all our users', 'entire region'],
      likely: ['unavailable', 'unreachable', 'down', 'downtime', 'all users', 'everyone', 'whole region', 'offline', 'service health', 'all sites', 'all customers'],
      hint: ['incident', 'slow', 'since this morning', 'region*', 'intermittent*'],
    },
    'service-level': {
      sure: ['sla', 'slas', 'service level*', 'service credit*', 'uptime ~ guarantee*', 'availability ~ guarantee*', 'response time ~ contract*', 'contractual penalt*', 'breach of contract', 'breach ~ agreement', 'agreed ~ response time*', 'promised ~ availability', '99 9', '99 95'],
      likely: ['uptime', 'compensation', 'committed', 'guarantee*', 'penalt*', 'breach*', 'response time*', 'resolution time*', 'agreed'],
      hint: ['contract*', 'availability', 'agreement', 'downtime'],
    },
    documentation: {
      sure: ['documentation', 'user guide*', 'user manual', 'manual ~ outdated', 'api reference', 'release notes', 'admin guide', 'knowledge base article*', 'installation guide', 'data sheet*', 'security whitepaper', 'whitepaper*', 'documented', 'technical docs'],
      likely: ['docs', 'manual', 'handbook', 'guide', 'article*', 'pdf', 'dead link', 'changelog'],
      hint: ['page', 'chapter', 'screenshots', 'outdated', 'link', 'describe*', 'reference'],
    },
    training: {
      sure: ['training*', 'webinar*', 'workshop*', 'e learning', 'onboarding session', 'certification course', 'train ~ staff', 'train ~ team', 'train ~ users', 'instructor*', 'classroom', 'training course*'],
      likely: ['course*', 'tutorial*', 'learning path*', 'trainer*', 'coaching', 'curriculum'],
      hint: ['session*', 'participants', 'learn', 'team', 'new colleagues', 'seminar*'],
    },
    activation: {
      sure: ['activation link*', 'activation mail', 'activation email', 'activate ~ purchase', 'activate ~ subscription*', 'pending activation', 'pending fulfillment', 'landing page', 'activation code*', 'not been activated', 'not activated', 'cannot activate', 'activation fails', 'activation failed', 'configure account', 'still not provisioned', 'product ~ activate*'],
      likely: ['activation', 'activate', 'activating', 'not provisioned', 'welcome mail', 'welcome email', 'access ~ purchase'],
      hint: ['purchased', 'bought', 'waiting', 'provision*', 'link'],
    },
    'licence-management': {
      sure: ['assign* ~ licen*', 'remove ~ licen*', 'licen* ~ user*', 'licen* key*', 'unassign*', 'licen* ~ available', 'named user*', 'licen* ~ expired', 'free up ~ licen*', 'move ~ licen*', 'transfer ~ licen*', 'reassign*', 'licen* pool'],
      likely: ['licence', 'licences', 'license', 'licenses', 'licensed', 'licensing', 'product key*', 'entitlement*'],
      hint: ['user', 'users', 'employee*', 'colleague', 'assigned', 'left the company', 'seat'],
    },
    'offer-management': {
      sure: ['private offer*', 'publish* ~ offer*', 'marketplace listing', 'offer listing', 'listing ~ marketplace', 'create ~ offer', 'offer ~ visible', 'offer ~ certification', 'plan visibility', 'private plan*', 'offer ~ rejected', 'publish* ~ marketplace', 'co sell', 'preview audience', 'our listing', 'offer ~ live', 'offer id'],
      likely: ['listing', 'commercial marketplace', 'marketplace', 'appsource', 'offer*', 'publishing'],
      hint: ['logo', 'publish*', 'market*', 'preview', 'certification', 'plan'],
    },
    'commerce-transaction': {
      sure: ['order ~ fails', 'order ~ failed', 'purchase ~ fails', 'purchase ~ failed', 'checkout', 'cannot buy', 'can t buy', 'cannot purchase', 'can t purchase', 'unable to purchase', 'order ~ stuck', 'order* ~ error', 'transaction ~ failed', 'order ~ rejected', 'place ~ order', 'purchase ~ error', 'order ~ not go through', 'buy ~ error', 'order ~ pending', 'shopping cart', 'cart ~ error', 'order number'],
      likely: ['order', 'ordering', 'orders', 'purchase', 'purchasing', 'transaction*', 'cart'],
      hint: ['buy', 'fails', 'failed', 'error', 'confirm*', 'quote'],
    },
    'partner-billing': {
      sure: ['reconciliation', 'reconciliation file*', 'partner invoice', 'partner earned credit', 'pec', 'billing ~ partner center', 'invoice ~ partner center', 'microsoft ~ invoice*', 'invoice* ~ from microsoft', 'microsoft ~ charged us', 'price list', 'price sheet', 'partner margin', 'credit ~ from microsoft', 'usage file', 'daily rated usage', 'billed usage'],
      likely: ['partner discount', 'margin*', 'line items', 'rated usage', 'our invoice from', 'billed us', 'recon'],
      hint: ['microsoft', 'partner center', 'csp', 'invoice*', 'reseller*'],
    },
    'account-support': {
      sure: ['partner center ~ account', 'partner center ~ sign in', 'partner center ~ access', 'partner center ~ log in', 'partner center ~ verification', 'payout*', 'tax profile', 'tax form*', 'vetting', 'mpn id', 'partner id ~ change', 'partner account', 'publisher account', 'developer account', 'business verification', 'pay out', 'employment verification', 'partner center ~ locked', 'seller id', 'partner location account'],
      likely: ['partner center', 'legal business profile', 'enrolment', 'enrollment', 'partner program', 'partner profile', 'payout profile', 'w 8'],
      hint: ['verification', 'locked', 'account', 'microsoft', 'profile'],
    },
    'azure-deployment': {
      sure: ['arm template*', 'resource group*', 'deployment ~ failed', 'deployment ~ fails', 'deploy* ~ azure', 'virtual machine*', 'quota ~ exceeded', 'vcpu*', 'managed application', 'bicep', 'kubernetes', 'aks', 'azure ~ provision*', 'provision* ~ fails', 'azure region', 'vnet*', 'core quota', 'resource provider', 'azure policy', 'vm image', 'vm size', 'container image*'],
      likely: ['azure', 'deploy*', 'deployment*', 'quota*', 'provisioning', 'vm', 'vms', 'network security group', 'marketplace image'],
      hint: ['template', 'region', 'subnet*', 'failed', 'fails', 'subscription id'],
    },
    other: {
      sure: ['feedback', 'compliment*', 'press enquiry', 'press inquiry', 'newsletter*', 'contact person', 'our address has changed', 'office address', 'moved offices', 'our new address', 'sponsor*', 'reference customer', 'job application', 'supplier questionnaire', 'data processing agreement', 'new phone number'],
      likely: ['suggestion*', 'general question', 'general enquiry', 'general inquiry', 'complaint about', 'questionnaire', 'greetings', 'survey'],
      hint: ['address', 'thank*', 'contact', 'meeting'],
    },
  },
};
