/** Callbacks in the shape of ConnectWise PSA, for tests. */
export const KEY_URL = 'https://na.myconnectwise.net/v2026_1//system/callbackkey/index.rails?companyName=Adatum&id=6f7b2a51-2f60-4d0c-8a39-6d5b40f0a001';

export function aConnectwiseTicket(fields: object = {}): object {
  return {
    id: 57_937, summary: 'Sign-in fails', recordType: 'ServiceTicket', board: { id: 1, name: 'Support' }, status: { id: 16, name: 'New (portal)' }, company: { id: 250, identifier: 'Wingtip', name: 'Wingtip Toys' },
    contact: { id: 32, name: 'Ada Brown' }, contactName: 'Ada Brown', contactEmailAddress: 'ada@wingtip.example', type: { id: 8, name: 'Application' }, subType: { id: 3, name: 'Login' }, item: null,
    priority: { id: 6, name: 'Priority 2 - Quick Response', sort: 4 }, severity: 'Medium', impact: 'Medium', closedFlag: false, initialDescription: 'Error 500 after the password.',
    _info: { lastUpdated: '2026-11-02T07:59:58Z', updatedBy: 'abrown', dateEntered: '2026-11-02T07:59:58Z' }, ...fields,
  };
}

export function aConnectwiseCallback(parts: object = {}, ticket: object | null = aConnectwiseTicket()): object {
  return {
    MessageId: '0a6f7d1e-0b1c-4a5b-8f55-5f4a2a5e0001', FromUrl: 'na.myconnectwise.net', CompanyId: 'Adatum', MemberId: 'abrown', Action: 'added', Type: 'ticket', ID: 'T-1', ProductInstanceId: null, PartnerId: null,
    Entity: ticket === null ? null : JSON.stringify(ticket), Metadata: { key_url: KEY_URL }, CallbackObjectRecId: 26_604, ...parts,
  };
}
