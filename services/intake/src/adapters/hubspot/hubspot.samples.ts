/** Webhooks in the shape of HubSpot's, for tests. */
export function aHubspotEvent(parts: object = {}): object {
  return {
    eventId: 3_816_279_340, subscriptionId: 25_001, portalId: 4_711, appId: 1_160_452, occurredAt: 1_793_606_399_000, subscriptionType: 'ticket.creation', attemptNumber: 0,
    objectId: 'T-1', changeFlag: 'CREATED', changeSource: 'CRM_UI', sourceId: 'userId:9271', ...parts,
  };
}

export function aHubspotChange(propertyName: string, propertyValue: unknown, parts: object = {}): object {
  return aHubspotEvent({ subscriptionType: 'ticket.propertyChange', propertyName, propertyValue, changeFlag: undefined, ...parts });
}
