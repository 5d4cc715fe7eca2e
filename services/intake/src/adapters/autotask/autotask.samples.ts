/** Webhooks in the shape of Autotask PSA, for tests. */
export function anAutotaskWebhook(parts: object = {}, fields: object = {}): object {
  return {
    Action: 'Create', Guid: 'a3f0d6f4-7d3c-4c8e-9c1e-1e5a8a7b0001', EntityType: 'Ticket', Id: 'T-1',
    Fields: { Title: 'Sign-in fails', Description: 'Error 500 after the password.', Status: '1', Priority: 'High', ContactID: '29683586', ...fields },
    EventTime: '2026-11-02T07:59:58Z', SequenceNumber: 42, PersonID: 29_682_885, ...parts,
  };
}

export function anAutotaskTicket(fields: object = {}): object {
  return {
    id: 100, companyID: 174, contactID: 29_683_586, title: 'Sign-in fails', description: 'Error 500 after the password.', status: 8, priority: 4, queueID: 29_682_833, ticketNumber: 'T20261102.0002',
    createDate: '2026-11-01T01:00:00.000Z', lastActivityDate: '2026-11-02T07:30:00.000Z', completedDate: null, externalID: '', userDefinedFields: [], ...fields,
  };
}
