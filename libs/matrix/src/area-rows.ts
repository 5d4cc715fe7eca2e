import type { Row } from './matrix.js';
import { HANDOFF_DEFAULT, SUPPORT_PAGE } from './reasons.js';
import type { Area } from './vocabulary.js';

type AreaRow = Pick<Row, 'then' | 'text' | 'basis' | 'source'>;

const OVERVIEW_PAGE = 'Partner Center documentation: overview of marketplace products in CSP, who does what';

/** The line of an area that the CSP partner looks after. */
const partnerResolves: Row['then'] = { responsible: 'csp-partner', firstContact: 'csp-partner' };
/** Technical: the publisher hears of it directly, and the customer's partner is told. */
const publisherHears: Row['then'] = {
  responsible: 'isv-publisher',
  firstContact: 'isv-publisher',
  informed: ['csp-partner'],
};
const publisherThroughPartner: Row['then'] = { responsible: 'isv-publisher', firstContact: 'csp-partner' };
const microsoftHears: Row['then'] = { responsible: 'microsoft', firstContact: 'microsoft' };
const toEngineering: Row['then'] = { escalation: ['isv-publisher'], escalationContact: 'engineering' };

const byArea: Readonly<Record<Area, AreaRow>> = {
  'customer-billing': {
    then: { ...partnerResolves, escalation: ['microsoft'] },
    text: 'The CSP partner bills the customer, so it answers questions about the bill; it may ask Microsoft commerce.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  'subscription-management': {
    then: { ...partnerResolves, escalation: ['microsoft'] },
    text: 'The CSP partner suspends, cancels, renews and resizes the subscriptions that it sold.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  'account-setup': {
    then: { ...partnerResolves, escalation: ['isv-publisher', 'microsoft'] },
    text: 'The CSP partner sets up the account; the publisher helps with activation on its side, Microsoft with the order.',
    basis: 'guidance',
    source: `${SUPPORT_PAGE}; escalation: ${HANDOFF_DEFAULT}`,
  },
  payment: {
    then: { ...partnerResolves, escalation: ['microsoft'] },
    text: 'The CSP partner takes the payment, so questions about it are its own.',
    basis: 'guidance',
    source: `${SUPPORT_PAGE}; escalation: ${HANDOFF_DEFAULT}`,
  },
  'user-support': {
    then: { ...publisherHears, ...toEngineering },
    text: 'The publisher supports the users of its product.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  'break-fix': {
    then: { ...publisherHears, ...toEngineering },
    text: 'The publisher repairs its product.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  'service-health': {
    then: { ...publisherHears, ...toEngineering },
    text: 'The publisher runs its service and answers for an outage; Microsoft never does for a third-party product.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  'service-level': {
    then: { ...publisherHears, purpose: 'business' },
    text: 'The publisher made the commitment in its customer agreement, so it answers for a broken one.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  documentation: {
    then: { ...publisherThroughPartner, purpose: 'business' },
    text: 'The publisher writes the documentation; the CSP partner asks it.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  training: {
    then: { ...publisherThroughPartner, purpose: 'business' },
    text: 'The publisher provides the training; the CSP partner asks it.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  activation: {
    then: { ...publisherThroughPartner, escalation: ['microsoft'] },
    text: 'The publisher activates what was ordered; the CSP partner hears first and knows the order. Microsoft is asked only where the order or its activation link is missing.',
    basis: 'guidance',
    source: `${OVERVIEW_PAGE}; first contact and escalation: ${HANDOFF_DEFAULT}`,
  },
  'licence-management': {
    then: { ...publisherThroughPartner },
    text: 'Licences per user are managed in the publisher’s product; the CSP partner hears first.',
    basis: 'guidance',
    source: OVERVIEW_PAGE,
  },
  'offer-management': {
    then: { ...microsoftHears },
    text: 'Microsoft runs the onboarding and listing of offers.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  'commerce-transaction': {
    then: { responsible: 'microsoft', firstContact: 'csp-partner' },
    text: 'Microsoft runs the commerce system, so a failing order is its matter.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  'partner-billing': {
    then: { ...microsoftHears },
    text: 'Invoices and reconciliation between partner and Microsoft are Microsoft’s matter.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  'account-support': {
    then: { ...microsoftHears },
    text: 'Partner Center accounts and payouts are Microsoft’s matter.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  'azure-deployment': {
    then: { responsible: 'microsoft', firstContact: 'csp-partner', escalation: ['isv-publisher'] },
    text: 'Microsoft deploys and provisions on the Azure side; the application itself stays the publisher’s.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  other: {
    then: { ...partnerResolves },
    text: 'All other support for what it sold is the CSP partner’s.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
};

function areaRow([area, row]: [string, AreaRow]): Row {
  return { id: area, stage: 'area', when: { area: [area as Area] }, code: 'matrix-row', ...row };
}

/** The responsibility matrix for third-party products: one line an area, as a customer asks. */
export const AREA_ROWS: readonly Row[] = Object.entries(byArea).map(areaRow);
