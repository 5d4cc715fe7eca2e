/** What a ticket can be about. The same words as in the events; this library imports nothing, so it has its own list. */
export const AREAS = [
  'customer-billing', 'subscription-management', 'account-setup', 'payment', 'user-support', 'break-fix',
  'service-health', 'service-level', 'documentation', 'training', 'activation', 'licence-management',
  'offer-management', 'commerce-transaction', 'partner-billing', 'account-support', 'azure-deployment', 'other',
] as const;
export type Area = (typeof AREAS)[number];
