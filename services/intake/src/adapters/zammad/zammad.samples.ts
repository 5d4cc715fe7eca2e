/** Payloads in the shape of Zammad's webhooks and API, for tests. */
const user = (id: number, firstname: string, lastname: string, email: string): object => ({ id, firstname, lastname, email, login: email, organization: 'Wingtip Toys', roles: ['Customer'], vip: false });

export function aZammadTicket(fields: object = {}): object {
  return {
    id: 'T-1', number: '10081', title: 'Sign-in fails', state: 'open', state_id: 2, priority: { id: 2, name: '2 normal', active: true }, priority_id: 2, group: { id: 3, name: 'Service Desk' }, organization: { id: 3, name: 'Wingtip Toys' },
    customer: user(8, 'Ada', 'Brown', 'ada@wingtip.example'), customer_id: 8, owner: user(1, '-', '', ''), article_count: 1, article_ids: [104], product: 'contoso-crm', note: null, close_at: null,
    created_at: '2026-11-02T07:59:58.282Z', updated_at: '2026-11-02T07:59:58.333Z', created_by_id: 8, updated_by_id: 8, updated_by: user(8, 'Ada', 'Brown', 'ada@wingtip.example'), ...fields,
  };
}

export function aZammadArticle(fields: object = {}): object {
  return {
    id: 104, ticket_id: 81, body: 'Error 500 after the password.<div><br></div><div>\n<img src="/api/v1/ticket_attachment/81/104/174?view=inline">Please help.</div>', content_type: 'text/html', from: 'Ada Brown <ada@wingtip.example>', to: 'Service Desk', internal: false, sender: 'Customer', type: 'email',
    attachments: [{ id: 174, filename: 'image1.jpeg', url: 'https://zammad.adatum.example/api/v1/ticket_attachment/81/104/174' }], created_by_id: 8, created_by: user(8, 'Ada', 'Brown', 'ada@wingtip.example'), created_at: '2026-11-02T07:59:58.318Z', ...fields,
  };
}

export function aZammadWebhook(body: object = {}): object {
  return { ticket: aZammadTicket(), article: aZammadArticle(), ...body };
}

/** A later change of the same ticket. */
export function aZammadUpdate(ticket: object = {}, article: object | null = aZammadArticle()): object {
  return aZammadWebhook({ ticket: aZammadTicket({ article_count: 2, updated_at: '2026-11-02T08:30:00.100Z', ...ticket }), article });
}

/** As the API tells a ticket with `expand=true`. */
export function anExpandedZammadTicket(fields: object = {}): Record<string, unknown> {
  return {
    id: 81, number: '10081', title: 'Sign-in fails', group_id: 3, group: 'Service Desk', priority_id: 3, priority: '3 high', state_id: 2, state: 'open', organization_id: 3, organization: 'Wingtip Toys', owner_id: 1, owner: '-', customer_id: 8, customer: 'ada@wingtip.example',
    article_count: 4, article_ids: [104, 105], created_at: '2026-11-01T07:59:58.282Z', updated_at: '2026-11-02T07:59:58.333Z', updated_by_id: 3, updated_by: 'ben@adatum.example', close_at: null, ...fields,
  };
}
