/** Payloads in the shape of Intercom's notifications and API, for tests. */
export function anIntercomTicket(fields: object = {}): Record<string, unknown> {
  return {
    type: 'ticket', id: 'T-1', ticket_id: '33', ticket_attributes: { _default_title_: 'Sign-in fails', _default_description_: 'Error 500 after the password.', Platforms: null }, ticket_state: { type: 'ticket_state', id: '8481', category: 'in_progress', internal_label: 'In progress', external_label: 'In progress' },
    ticket_type: { type: 'ticket_type', id: '88', name: 'Bug report', category: 'Customer' }, contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: 'c-1', external_id: '70' }] }, admin_assignee_id: '0', created_at: 1_793_600_000, updated_at: 1_793_606_398,
    ticket_parts: { type: 'ticket_part.list', ticket_parts: [anIntercomPart({ part_type: 'ticket_state_updated_by_admin', body: undefined })], total_count: 1 }, open: true, company_id: null, ...fields,
  };
}

export function anIntercomPart(fields: object = {}): object {
  return { type: 'ticket_part', id: '175', part_type: 'comment', body: '<p>It happens <b>again</b>.</p>', created_at: 1_793_606_398, author: { id: '991', type: 'admin', name: 'Ben Field', email: 'ben@adatum.example' }, attachments: [], ...fields };
}

export function anIntercomConversation(fields: object = {}): Record<string, unknown> {
  return {
    type: 'conversation', id: '4711', title: null, state: 'open', priority: 'not_priority', created_at: 1_793_600_000, updated_at: 1_793_606_398, source: { type: 'conversation', subject: '', body: '<p>Export fails.</p><p>Since Monday.</p>', author: { type: 'user', id: 'c-1', name: 'Ada Brown', email: 'ada@wingtip.example' } },
    contacts: { contacts: [{ type: 'contact', id: 'c-1' }] }, tags: { type: 'tag.list', tags: [{ id: '1', name: 'crm' }] }, conversation_parts: { conversation_parts: [], total_count: 0 }, ...fields,
  };
}

export function anIntercomNotification(topic = 'ticket.created', item: object = anIntercomTicket(), envelope: object = {}): object {
  return { type: 'notification_event', app_id: 'abc123', id: 'notif_1', topic, data: { type: 'notification_event_data', item }, delivery_attempts: 1, first_sent_at: 1_793_606_399, created_at: 1_793_606_399, links: {}, self: null, ...envelope };
}
