/** The words that services share. One word for one thing, here as in tables, events and pages. */

export const AREAS = [
  'customer-billing', 'subscription-management', 'account-setup', 'payment', 'user-support', 'break-fix',
  'service-health', 'service-level', 'documentation', 'training', 'activation', 'licence-management',
  'offer-management', 'commerce-transaction', 'partner-billing', 'account-support', 'azure-deployment', 'other',
] as const;
/** What a ticket is about. `null`, where it appears, means that nobody has classified the ticket yet. */
export type Area = (typeof AREAS)[number];

export const AREA_BASES = ['source', 'mapping', 'classifier', 'person'] as const;
/** Who said what a ticket is about: the source in its payload, the source's mapping, the words of the ticket, or a person. */
export type AreaBasis = (typeof AREA_BASES)[number];

export const SEVERITIES = ['A', 'B', 'C'] as const;
/** A critical, B moderate, C minimal business impact. */
export type Severity = (typeof SEVERITIES)[number];

export const ASKERS = [
  'customer', 'partner', 'direct-bill-partner', 'indirect-provider', 'indirect-reseller', 'isv-publisher', 'microsoft',
] as const;
/** Who asks. `partner` is a CSP partner whose exact role follows from the subscription. */
export type Asker = (typeof ASKERS)[number];

export const ROLES = [
  'customer', 'direct-bill-partner', 'indirect-provider', 'indirect-reseller', 'isv-publisher', 'microsoft', 'shared',
] as const;
export type Role = (typeof ROLES)[number];

export const CLOUDS = ['public', 'us-government', 'china'] as const;
export type Cloud = (typeof CLOUDS)[number];

export const CHANGES = ['created', 'updated', 'commented', 'closed'] as const;
/** What happened to the ticket in its own system. */
export type Change = (typeof CHANGES)[number];

/** RFC 3339 in UTC, as `2026-11-01T09:00:00.000Z`. */
export type Instant = string;
