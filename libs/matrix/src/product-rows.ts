import type { Row } from './matrix.js';
import { HANDOFF_DEFAULT, SUPPORT_PAGE } from './reasons.js';

const BILLING_PAGE = 'Partner Center documentation: billing of marketplace products in CSP';
const CUSTOMER_SUPPORT_PAGE = 'Partner Center documentation: customer support by CSP partners';
const PORTALS_PAGE = 'Partner Center documentation: which support portal is for what';

/** Bought by the customer itself: no CSP partner takes part, so every such row also drops its partners. */
const askElsewhere: Row['then'] = {
  responsible: 'microsoft',
  firstContact: 'microsoft',
  escalation: [],
  escalationContact: null,
  informed: [],
  informationOnly: true,
};

const DIRECT_ROWS: readonly Row[] = [
  {
    id: 'bought-directly-first-party',
    stage: 'product',
    when: { channel: ['customer-direct'], ownership: ['first-party'], responsible: ['csp-partner', 'isv-publisher'] },
    then: askElsewhere,
    code: 'bought-directly',
    text: 'The customer bought Microsoft’s own product from Microsoft: it is told to ask Microsoft’s customer support itself.',
    basis: 'default',
    source: `${BILLING_PAGE}; handling: ${HANDOFF_DEFAULT}`,
  },
  {
    id: 'bought-directly',
    stage: 'product',
    when: { channel: ['customer-direct'], responsible: ['csp-partner'] },
    then: askElsewhere,
    before: ['first-party-malfunction', 'first-party-first-line'],
    code: 'bought-directly',
    text: 'The customer bought outside CSP and is billed by Microsoft: the asker is told to ask Microsoft’s customer support; no CSP partner has a part in it.',
    basis: 'guidance',
    source: `${BILLING_PAGE}; handling: ${HANDOFF_DEFAULT}`,
  },
  {
    id: 'bought-directly-customer-asks-microsoft',
    stage: 'product',
    when: { channel: ['customer-direct'], asker: ['customer'], responsible: ['microsoft'] },
    then: askElsewhere,
    code: 'bought-directly',
    text: 'The customer bought outside CSP, so no CSP partner can take it to Microsoft: it is told to ask Microsoft’s customer support itself.',
    basis: 'default',
    source: HANDOFF_DEFAULT,
  },
  {
    id: 'bought-directly-publisher',
    stage: 'product',
    when: { channel: ['customer-direct'], responsible: ['isv-publisher'] },
    then: { firstContact: 'isv-publisher', escalation: [], escalationContact: null, informed: [] },
    before: ['first-party-malfunction', 'first-party-first-line', 'saas-activation'],
    code: 'bought-directly',
    text: 'The customer bought outside CSP: what is the publisher’s stays the publisher’s, without a CSP partner between them.',
    basis: 'guidance',
    source: `${BILLING_PAGE}; handling: ${HANDOFF_DEFAULT}`,
  },
];

const FIRST_PARTY_ROWS: readonly Row[] = [
  {
    id: 'first-party-malfunction',
    stage: 'product',
    when: { ownership: ['first-party'], area: ['break-fix', 'service-health', 'service-level'] },
    then: {
      responsible: 'microsoft',
      firstContact: 'csp-partner',
      escalation: [],
      escalationContact: null,
      informed: [],
    },
    before: ['first-party-first-line'],
    code: 'first-party-product',
    text: 'It is Microsoft’s own product: the CSP partner checks service health and troubleshoots first, then hands the malfunction to Microsoft.',
    basis: 'guidance',
    source: CUSTOMER_SUPPORT_PAGE,
  },
  {
    id: 'first-party-first-line',
    stage: 'product',
    when: { ownership: ['first-party'], responsible: ['csp-partner', 'isv-publisher'] },
    then: {
      responsible: 'csp-partner',
      firstContact: 'csp-partner',
      escalation: ['microsoft'],
      escalationContact: null,
      informed: [],
    },
    before: ['saas-activation'],
    code: 'first-party-product',
    text: 'It is Microsoft’s own product: the CSP partner is first line for everything and turns to Microsoft where it cannot solve it.',
    basis: 'guidance',
    source: CUSTOMER_SUPPORT_PAGE,
  },
  {
    id: 'first-party-microsoft',
    stage: 'product',
    when: { ownership: ['first-party'], responsible: ['microsoft'] },
    then: { escalation: [] },
    before: ['azure-infrastructure'],
    code: 'first-party-product',
    text: 'It is Microsoft’s own product: no publisher besides Microsoft has a part in it.',
    basis: 'guidance',
    source: CUSTOMER_SUPPORT_PAGE,
  },
];

const LICENSING_ROWS: readonly Row[] = [
  {
    id: 'azure-infrastructure',
    stage: 'product',
    when: { area: ['azure-deployment'], kind: ['virtual-machine', 'container', 'azure-application'] },
    then: {},
    code: 'licensing-model',
    text: 'The infrastructure lies in the customer’s Azure subscription, so quota and usage are questions for Azure support.',
    basis: 'guidance',
    source: PORTALS_PAGE,
  },
  {
    id: 'saas-activation',
    stage: 'product',
    when: { area: ['activation'], kind: ['saas'] },
    then: {},
    code: 'licensing-model',
    text: 'It is software as a service, which the publisher activates in its own portal.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
];

/** What is sold, and how. The order matters: a direct purchase leaves no CSP partner, whatever was bought. */
export const PRODUCT_ROWS: readonly Row[] = [...DIRECT_ROWS, ...FIRST_PARTY_ROWS, ...LICENSING_ROWS];
