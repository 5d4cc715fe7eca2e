/** Payloads in the shape of Freshdesk's webhooks and API, for tests. */
export function aFreshdeskBody(ticket: object = {}): object {
  return {
    freshdesk_webhook: {
      triggered_event: '{ticket_action:created}', ticket_id: 'T-1', ticket_url: 'http://northwind.freshdesk.example/helpdesk/tickets/11', ticket_type: 'Incident', ticket_subject: 'Sign-in fails ☃', ticket_description: '<div>Error 500 after the password.</div>\n<div>Please help.</div>',
      ticket_status: 'Pending', ticket_priority: 'High', ticket_tags: 'login, single sign-on', requester_name: 'Ada Brown', requester_email: 'ada@wingtip.example', ticket_latest_public_comment: '', ticket_updated_at: '2026-11-02T07:59:58Z', ...ticket,
    },
  };
}

export function aFreshdeskRecord(fields: object = {}): Record<string, unknown> {
  return {
    id: 18, subject: 'Please help', description: '<div>It fails.</div>', description_text: 'It fails.', status: 2, priority: 1, type: 'Lead', tags: ['crm'], source: 2, requester_id: 5, responder_id: null, to_emails: null,
    requester: { id: 5, name: 'Ada Brown', email: 'ada@wingtip.example', phone: null }, custom_fields: { cf_product: 'contoso-crm', category: null }, created_at: '2026-11-01T12:02:50Z', updated_at: '2026-11-02T07:59:58Z', ...fields,
  };
}
