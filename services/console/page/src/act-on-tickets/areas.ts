import type { Area } from '@handoff/contracts';

/** All areas; a new one in the contracts fails the compilation here. */
const KNOWN: Readonly<Record<Area, true>> = {
  'customer-billing': true, 'subscription-management': true, 'account-setup': true, payment: true, 'user-support': true, 'break-fix': true, 'service-health': true, 'service-level': true, documentation: true,
  training: true, activation: true, 'licence-management': true, 'offer-management': true, 'commerce-transaction': true, 'partner-billing': true, 'account-support': true, 'azure-deployment': true, other: true,
};

export const AREAS = Object.keys(KNOWN) as readonly Area[];
