import type { Row } from './matrix.js';
import { HANDOFF_DEFAULT, SUPPORT_PAGE } from './reasons.js';
import { PARTNER_ROLES } from './vocabulary.js';

const BEHALF_PAGE = 'Partner Center documentation: reporting problems on behalf of a customer';

const ASKING_MICROSOFT_ROWS: readonly Row[] = [
  {
    id: 'customer-asks-microsoft',
    stage: 'asker',
    when: { asker: ['customer'], responsible: ['microsoft'], informationOnly: false },
    then: { firstContact: 'csp-partner', handsOver: true },
    code: 'customer-never-asks-microsoft',
    text: 'Microsoft supports partners and publishers, not customers: the customer’s CSP partner hears first and hands it over.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  {
    id: 'partner-asks-microsoft',
    stage: 'asker',
    when: { asker: ['direct-bill-partner', 'indirect-provider'], responsible: ['microsoft'], informationOnly: false },
    then: { firstContact: 'microsoft', handsOver: true },
    code: 'asked-by-partner',
    text: 'The partner may ask Microsoft itself, by a service request in Partner Center.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  {
    id: 'reseller-asks-microsoft',
    stage: 'asker',
    when: { asker: ['indirect-reseller'], responsible: ['microsoft'], informationOnly: false },
    then: { firstContact: 'handover-partner', handsOver: true },
    code: 'asked-by-reseller',
    text: 'An indirect reseller asks its provider first about anything of Microsoft’s, and the provider hands it over.',
    basis: 'guidance',
    source: `${BEHALF_PAGE}; other than Azure: ${HANDOFF_DEFAULT}`,
  },
  {
    id: 'publisher-asks-microsoft',
    stage: 'asker',
    when: { asker: ['isv-publisher'], responsible: ['microsoft'], informationOnly: false },
    then: { firstContact: 'microsoft' },
    code: 'asked-by-publisher',
    text: 'The publisher asks Microsoft itself about commerce, its offers, its account and deployments.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  {
    id: 'microsoft-asks-microsoft',
    stage: 'asker',
    when: { asker: ['microsoft'], responsible: ['microsoft'], informationOnly: false },
    then: { firstContact: 'microsoft' },
    code: 'asked-by-microsoft',
    text: 'Microsoft asks about a matter of its own.',
    basis: 'default',
    source: HANDOFF_DEFAULT,
  },
];

const ASKING_PUBLISHER_ROWS: readonly Row[] = [
  {
    id: 'partner-asks-publisher',
    stage: 'asker',
    when: { asker: PARTNER_ROLES, responsible: ['isv-publisher'] },
    then: { firstContact: 'isv-publisher', informed: [] },
    code: 'asked-by-partner',
    text: 'The partner itself asks, so it goes to the publisher directly.',
    basis: 'guidance',
    source: SUPPORT_PAGE,
  },
  {
    id: 'publisher-asks-publisher',
    stage: 'asker',
    when: { asker: ['isv-publisher'], responsible: ['isv-publisher'] },
    then: { firstContact: 'isv-publisher' },
    code: 'asked-by-publisher',
    text: 'The publisher reports on its own product, so it hears of it first.',
    basis: 'default',
    source: HANDOFF_DEFAULT,
  },
  {
    id: 'microsoft-asks-publisher',
    stage: 'asker',
    when: { asker: ['microsoft'], responsible: ['isv-publisher'] },
    then: { firstContact: 'isv-publisher', informed: [] },
    code: 'asked-by-microsoft',
    text: 'Microsoft asks about an offer, so it goes to its publisher directly.',
    basis: 'default',
    source: HANDOFF_DEFAULT,
  },
];

const PARTNER_FIRST_ROWS: readonly Row[] = [
  {
    id: 'partner-first',
    stage: 'asker',
    when: {
      asker: ['customer'],
      area: ['user-support', 'break-fix'],
      ownership: ['third-party'],
      channel: ['csp'],
      partnerFirst: true,
    },
    then: { firstContact: 'csp-partner', informed: [] },
    code: 'partner-first',
    text: 'The CSP partner chose to take technical questions about this product first; the publisher stays responsible.',
    basis: 'guidance',
    source: `${SUPPORT_PAGE}; granularity: ${HANDOFF_DEFAULT}`,
  },
  {
    id: 'partner-first-not-for-area',
    stage: 'asker',
    when: {
      asker: ['customer'],
      area: ['service-health', 'service-level'],
      ownership: ['third-party'],
      channel: ['csp'],
      partnerFirst: true,
    },
    then: {},
    code: 'partner-first-not-for-area',
    text: 'The CSP partner takes how-to and break-fix questions first; an outage or a broken commitment still goes to the publisher at once.',
    basis: 'default',
    source: HANDOFF_DEFAULT,
  },
];

/** Who asks, and whether the partner wants to hear first. */
export const ASKER_ROWS: readonly Row[] = [...ASKING_MICROSOFT_ROWS, ...ASKING_PUBLISHER_ROWS, ...PARTNER_FIRST_ROWS];
