/** Webhooks and subscriptions in the shape of the Marketplace, for tests. */
export const TENANT = '4f2f0a1c-0b6e-4d43-9e58-6d1c5b1f2a10';
export const APPLICATION = '8a6c3b52-57a0-4a1d-8a77-3f5f0c2d9e41';
export const SETTINGS_OF_SOURCE = { tenantId: TENANT, applicationId: APPLICATION } as const;

const CUSTOMER = '0c1d2e3f-1111-4222-8333-944455556666';
const PARTNER = '7b6a5948-aaaa-4bbb-8ccc-9dddeeeeffff';

export function anOperation(parts: object = {}): Record<string, unknown> {
  return {
    id: 'T-1', activityId: 'T-1', publisherId: 'contoso', offerId: 'contoso-crm', planId: 'gold', quantity: 25, subscriptionId: 's-1', timeStamp: '2026-11-02T07:59:58.6149241Z', action: 'Suspend', status: 'Succeeded',
    operationRequestSource: 'Azure', subscription: aSubscription(), purchaseToken: null, ...parts,
  };
}

export function aSubscription(parts: object = {}): Record<string, unknown> {
  return {
    id: 's-1', name: 'CRM for sales', publisherId: 'contoso', offerId: 'contoso-crm', planId: 'gold', quantity: 25, beneficiary: { emailId: 'ada@woodgrove.example', objectId: 'o-1', tenantId: CUSTOMER, puid: '1' },
    purchaser: { emailId: 'buy@northwind.example', objectId: 'o-2', tenantId: PARTNER, puid: '2' }, allowedCustomerOperations: ['Read'], sessionMode: 'None', isFreeTrial: false, isTest: false, sandboxType: 'None', saasSubscriptionStatus: 'Suspended',
    term: { startDate: '2026-01-01T00:00:00Z', endDate: '2026-12-31T00:00:00Z', termUnit: 'P1Y', chargeDuration: null }, autoRenew: true, created: '2026-01-01T08:00:00Z', lastModified: '2026-11-02T07:59:57Z', ...parts,
  };
}
