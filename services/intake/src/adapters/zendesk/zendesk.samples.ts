/** Payloads in the shape of Zendesk's webhooks, for tests. */
export function aZendeskEvent(detail: object = {}, envelope: object = {}): object {
  return {
    account_id: 4_711, id: 'd1c8d7a6-0b0f-4a11-9d55-7f0d7be3a001', subject: 'zen:ticket:5158', time: '2026-11-02T07:59:59.672717030Z', type: 'zen:event-type:ticket.created', zendesk_event_version: '2022-11-06',
    detail: {
      id: 'T-1', subject: 'Sign-in fails', description: 'Error 500 after the password.', priority: 'HIGH', status: 'OPEN', type: 'PROBLEM', tags: ['mobile', 'login'],
      actor_id: '8447388090494', requester_id: '8447388090494', organization_id: '8447346622462', is_public: true, via: { channel: 'web_service' }, created_at: '2026-11-02T07:59:58Z', updated_at: '2026-11-02T07:59:58Z', ...detail,
    },
    event: {},
    ...envelope,
  };
}

/** The body of a trigger, as a customer writes it with placeholders. */
export function aZendeskTrigger(body: object = {}): object {
  return {
    ticket_id: '7', ticket_title: 'Sign-in fails', ticket_description: 'Error 500 after the password.', ticket_url: 'northwind.zendesk.example/agent/tickets/7', ticket_status: 'Open', ticket_priority: 'Normal',
    requester_full_name: 'Ada Brown', created_at: 'February 3, 2026', updated_at: 'February 4, 2026', tags: 'change_address login order', ...body,
  };
}

/** As the API tells a ticket. */
export function aZendeskRecord(fields: object = {}): Record<string, unknown> {
  return {
    url: 'https://northwind.zendesk.example/api/v2/tickets/5158.json', id: 5_158, subject: 'Sign-in fails', description: 'Error 500 after the password.', priority: 'high', status: 'open', type: 'problem', tags: ['mobile', 'login'], requester_id: 5, submitter_id: 5, assignee_id: 4, organization_id: null,
    custom_fields: [{ id: 360, value: 'emea' }], generated_timestamp: 1_793_606_400, created_at: '2026-11-01T07:59:58Z', updated_at: '2026-11-02T07:59:58Z', ...fields,
  };
}
