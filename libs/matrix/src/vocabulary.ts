/**
 * The words of the matrix: every closed list of values, once.
 * The arrays are for validation at an edge; the types follow from them.
 */

/** What a ticket is about. A ticket that nobody has classified yet has no area (`null`). */
export const AREAS = [
  'customer-billing',
  'subscription-management',
  'account-setup',
  'payment',
  'user-support',
  'break-fix',
  'service-health',
  'service-level',
  'documentation',
  'training',
  'activation',
  'licence-management',
  'offer-management',
  'commerce-transaction',
  'partner-billing',
  'account-support',
  'azure-deployment',
  'other',
] as const;
export type Area = (typeof AREAS)[number];

/** The areas that an open outage of the product explains. */
export const TECHNICAL_AREAS = ['user-support', 'break-fix', 'service-health'] as const satisfies readonly Area[];

/** A: production down. B: production partly affected. C: minor, or not production. */
export const SEVERITIES = ['A', 'B', 'C'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const ROLES = [
  'customer',
  'direct-bill-partner',
  'indirect-provider',
  'indirect-reseller',
  'isv-publisher',
  'microsoft',
] as const;
export type Role = (typeof ROLES)[number];

/** The three kinds of CSP partner. */
export const PARTNER_ROLES = ['direct-bill-partner', 'indirect-provider', 'indirect-reseller'] as const;
export type PartnerRole = (typeof PARTNER_ROLES)[number];

/** Who asks. `partner` is a CSP partner whose exact role follows from the subscription. */
export const ASKERS = [
  'customer',
  'partner',
  'direct-bill-partner',
  'indirect-provider',
  'indirect-reseller',
  'isv-publisher',
  'microsoft',
] as const;
export type Asker = (typeof ASKERS)[number];

export const OWNERSHIPS = ['third-party', 'first-party'] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

export const OFFER_KINDS = [
  'saas',
  'virtual-machine',
  'container',
  'azure-application',
  'managed-service',
  'dynamics-365',
] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

/** `customer-direct`: bought by the customer in its own tenant, outside CSP, and billed by Microsoft. */
export const CHANNELS = ['csp', 'customer-direct'] as const;
export type Channel = (typeof CHANNELS)[number];

export const CLOUDS = ['public', 'us-government', 'china'] as const;
export type Cloud = (typeof CLOUDS)[number];

export const PARTNER_MODELS = ['direct-bill', 'indirect'] as const;
export type PartnerModel = (typeof PARTNER_MODELS)[number];

/** The support contact that a provider designates on a subscription. */
export const SUPPORT_CONTACTS = ['provider', 'reseller'] as const;
export type SupportContact = (typeof SUPPORT_CONTACTS)[number];

/** Whom an agreement entry gives a matter to. */
export const ASSIGNEES = ['provider', 'reseller', 'shared'] as const;
export type Assignee = (typeof ASSIGNEES)[number];

export const CONTACT_KINDS = ['customer-support', 'csp-program', 'engineering'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

export const CONTACT_FIELDS = ['name', 'email', 'phone', 'url'] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];

/** To whom contact details are shown. */
export const AUDIENCES = ['customer', 'csp-partner', 'isv-publisher', 'microsoft'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** The first part of a queue's name; the last two have no second part. */
export const QUEUE_KINDS = ['isv', 'partner', 'microsoft', 'triage', 'unassigned'] as const;
export type QueueKind = (typeof QUEUE_KINDS)[number];

/** Whether a rule is stated by the published guidance or is Handoff's default where that is silent. */
export const BASES = ['guidance', 'default'] as const;
export type Basis = (typeof BASES)[number];

const PARTNER_ROLE_SET: ReadonlySet<string> = new Set(PARTNER_ROLES);

/** Whether a role is one of the three kinds of CSP partner. */
export function isPartnerRole(role: string): role is PartnerRole {
  return PARTNER_ROLE_SET.has(role);
}
