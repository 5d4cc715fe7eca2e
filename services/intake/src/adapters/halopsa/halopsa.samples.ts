/** Payloads in the shape of HaloPSA's webhooks and API, for tests. */
export function aHaloTicket(fields: object = {}): Record<string, unknown> {
  return {
    id: 4_711, summary: 'Sign-in fails', details: 'Error 500 after the password.', details_html: '<p>Error 500 after the password.</p>', dateoccurred: '2026-11-01T08:00:00.000Z', status_id: 2, status_name: 'In Progress', priority_id: 2, tickettype_id: 1,
    client_id: 12, client_name: 'Wingtip Toys', user_id: 7, user_name: 'Ada Brown', user_email: 'ada@wingtip.example', reportedby: 'Ada Brown', agent_id: 3, team: '1st Line', category_1: 'Software>Sign-in', category_2: '', category_3: null, category_4: '',
    customfields: [{ id: 178, name: 'CFproduct', value: 'contoso-crm' }], lastactiondate: '2026-11-02T07:59:58.120Z', last_update: '2026-11-02T07:59:58.120Z', deleted: false, ...fields,
  };
}

export function aHaloAction(fields: object = {}): object {
  return { id: 5, ticket_id: 4_711, outcome: 'Private Note', who: 'Ben Field', who_type: 1, who_agentid: 3, datetime: '2026-11-02T07:59:58.120Z', note: 'It happens again.', note_html: '<p>It happens <b>again</b>.</p>', hiddenfromuser: true, actionby_application_id: '', actionby_agent_id: 3, ...fields };
}

export function aHaloWebhook(body: object = {}): object {
  return { event: 'New Ticket Logged', ticket: aHaloTicket({ id: 'T-1' }), ...body };
}
