/** Webhooks and service requests in the shape of Partner Center, for tests. */
export function aPartnerCenterEvent(parts: object = {}): object {
  return {
    EventName: 'new-commerce-migration-failed', ResourceUri: 'https://api.partnercenter.microsoft.com/v1/customers/c0a8/migrations/newcommerce/T-1', ResourceName: 'NewCommerceMigration',
    AuditUri: null, ResourceChangeUtcDate: '2026-11-02T07:59:59.3520276+00:00', ...parts,
  };
}

export function aServiceRequest(parts: object = {}): object {
  return {
    title: 'Invoice is wrong', description: 'It has a subscription twice.', severity: 'critical', supportTopicId: '32444671', supportTopicName: 'Billing', id: '616122292874576', status: 'open', organization: { id: 'c0a8', name: 'Wingtip Toys' },
    primaryContact: { lastName: 'Brown', firstName: 'Ada', email: 'ada@adatum.example' }, productId: '15960', createdDate: '2026-11-01T20:31:17.24Z', lastModifiedDate: '2026-11-02T07:30:15.373', lastClosedDate: '0001-01-01T00:00:00', notes: [], ...parts,
  };
}
