import type { Decision, Recipient, SourceReader, TicketSnapshot } from '../decision.js';
import type { EventOf, EventType, HandoffEvent } from '../events.js';

const ticketId = '3a1f0f6e-7c0e-5f0a-9b1e-0d6a7f3c2b11';
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

const routedTicket: TicketSnapshot = { source: 'jira-demo', externalId: 'SUP-12', externalUrl: 'https://northwind.example/browse/SUP-12', subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'Open', area: 'break-fix', severity: 'B', asker: 'customer', requesterName: 'Ada', offerId: 'contoso-crm', customerId: 'fabrikam', subscriptionId: null, comment: null };

const routedDecision: Decision = {
responsible: { role: 'isv-publisher', partyId: 'contoso' }, firstContact: { role: 'isv-publisher', partyId: 'contoso' }, accountable: null,
informed: [{ role: 'direct-bill-partner', partyId: '1001' }], handsOver: null, escalation: [{ role: 'isv-publisher', partyId: 'contoso' }],
contacts: [{ kind: 'customer-support', party: { role: 'isv-publisher', partyId: 'contoso' }, fields: ['url'], for: 'customer' }],
queue: 'isv/contoso', reasons: [{ code: 'matrix-row', text: 'Faults of the product are for its publisher.', source: 'Support for commercial marketplace products in the CSP program' }],
matrixVersion: '1', row: 'break-fix', attachedTo: null, stays: false, informationOnly: false, missing: [], documents: [{ title: 'User guide', url: 'https://docs.contoso.example/crm' }],
  };

const routedRecipients: readonly Recipient[] = [{ purpose: 'act', party: { role: 'isv-publisher', partyId: 'contoso' }, destination: 'isv/contoso', partyName: 'Contoso', contactKind: 'customer-support', name: 'Contoso support', email: 'support@contoso.example', url: 'https://support.contoso.example', mayContact: [] }];

const sourceReader: SourceReader = {
  party: { role: 'direct-bill-partner', partyId: '1001' }, partyName: 'Northwind Distribution',
  mayContact: [{ kind: 'customer-support', partyName: 'Contoso', for: 'customer', url: 'https://support.contoso.example' }],
};

/**
 * One example of each event type. They are never changed once released, only joined by others:
 * a version that cannot read them breaks its consumers.
 */
export const GOLDEN_EVENTS: { readonly [T in EventType]: EventOf<T> } = {
  'handoff.ticket.received.v1': {
    id: 'c2b1a3d4-1111-5222-8333-944455566677', type: 'handoff.ticket.received.v1', source: '/handoff/intake', subject: ticketId,
    time: '2026-11-02T08:00:01.000Z', traceparent,
    data: {
      ticketId, source: 'jira-demo', sourceParty: 'partner/1001', externalId: 'SUP-12', externalUrl: 'https://northwind.example/browse/SUP-12',
      change: 'created', occurredAt: '2026-11-02T08:00:00.000Z',
      ticket: { subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'Open', area: 'break-fix', severity: 'B', asker: 'customer', requester: { name: 'Ada', email: null }, offerId: 'contoso-crm', customerId: 'fabrikam', labels: ['login'] },
      defaults: { offerId: 'contoso-crm', area: 'user-support' },
    },
  },
  'handoff.health-notice.received.v1': {
    id: 'c2b1a3d4-1111-5222-8333-944455566678', type: 'handoff.health-notice.received.v1', source: '/handoff/intake', subject: 'contoso-crm',
    time: '2026-11-02T08:00:01.000Z', traceparent: null,
    data: { noticeId: 'outage-7', offerId: 'contoso-crm', summary: 'Sign-in is down in Europe.', startedAt: '2026-11-02T07:40:00.000Z', endedAt: null },
  },
  'handoff.health-notice.affected.v1': {
    id: 'c2b1a3d4-1111-5222-8333-94445556668b', type: 'handoff.health-notice.affected.v1', source: '/handoff/routing', subject: '0c8ed3bc-6c2a-5a2e-9d1f-2b6b8f0a4c80',
    time: '2026-11-02T08:00:01.200Z', traceparent: null,
    data: {
      noticeId: 'outage-7', noticeVersion: 1, offerId: 'contoso-crm', offerName: 'Contoso CRM', publisherName: 'Contoso Software', summary: 'Sign-in is down in Europe.', startedAt: '2026-11-02T07:40:00.000Z', endedAt: null,
      partnerId: '1001', destination: 'partner/1001', partnerName: 'Northwind Distribution', name: 'Northwind support', email: 'support@northwind.example', language: null,
      customers: [{ customerId: 'fabrikam', name: 'Fabrikam' }], customersTotal: 1, isFirst: true,
    },
  },
  'handoff.health-notice.told.v1': {
    id: 'c2b1a3d4-1111-5222-8333-94445556668c', type: 'handoff.health-notice.told.v1', source: '/handoff/notifier', subject: '0c8ed3bc-6c2a-5a2e-9d1f-2b6b8f0a4c80',
    time: '2026-11-02T08:00:01.600Z', traceparent: null,
    data: {
      noticeId: 'outage-7', noticeVersion: 1, offerId: 'contoso-crm', partnerId: '1001', notificationId: '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c81', channel: 'mail', destination: 'partner/1001',
      outcome: 'delivered', at: '2026-11-02T08:00:01.600Z', code: null, detail: '250 2.0.0 accepted',
    },
  },
  'handoff.ticket.routed.v1': {
    id: 'c2b1a3d4-1111-5222-8333-944455566679', type: 'handoff.ticket.routed.v1', source: '/handoff/routing', subject: ticketId,
    time: '2026-11-02T08:00:01.200Z', traceparent,
    data: {
      ticketId, ticketVersion: 1, change: 'created', decidedAt: '2026-11-02T08:00:01.200Z',
      ticket: routedTicket, decision: routedDecision, previousQueue: null, recipients: routedRecipients,
    },
  },
  'handoff.ticket.attached.v1': {
    id: 'c2b1a3d4-1111-5222-8333-944455566680', type: 'handoff.ticket.attached.v1', source: '/handoff/routing', subject: ticketId,
    time: '2026-11-02T08:00:01.200Z', traceparent: null,
    data: { ticketId, ticketVersion: 2, noticeId: 'outage-7', offerId: 'contoso-crm', attachedAt: '2026-11-02T08:00:01.200Z' },
  },
  'handoff.ticket.detached.v1': {
    id: 'c2b1a3d4-1111-5222-8333-944455566706', type: 'handoff.ticket.detached.v1', source: '/handoff/routing', subject: ticketId,
    time: '2026-11-02T08:20:00.000Z', traceparent: null,
    data: { ticketId, ticketVersion: 3, noticeId: 'outage-7', detachedAt: '2026-11-02T08:20:00.000Z', by: 'ada', reason: 'Their own network is down.' },
  },
  'handoff.ticket.acknowledged.v1': {
    id: 'c2b1a3d4-1111-5222-8333-944455566685', type: 'handoff.ticket.acknowledged.v1', source: '/handoff/routing', subject: ticketId,
    time: '2026-11-02T08:20:00.000Z', traceparent: null,
    data: { ticketId, ticketVersion: 3, acknowledgedAt: '2026-11-02T08:20:00.000Z', by: 'Contoso support', party: 'isv/contoso', via: 'link', isComplete: true },
  },
  'handoff.ticket.escalated.v1': {
    id: 'c2b1a3d4-1111-5222-8333-944455566686', type: 'handoff.ticket.escalated.v1', source: '/handoff/routing', subject: ticketId,
    time: '2026-11-02T08:30:01.200Z', traceparent: null,
    data: {
      ticketId, ticketVersion: 2, step: 'reminder', escalatedAt: '2026-11-02T08:30:01.200Z', acknowledgeBy: '2026-11-02T09:00:01.200Z', nextStepAt: '2026-11-02T09:00:01.200Z',
      ticket: routedTicket, decision: routedDecision, recipients: routedRecipients,
    },
  },
  'handoff.ticket.reassigned.v1': {
    id: 'c2b1a3d4-1111-5222-8333-944455566696', type: 'handoff.ticket.reassigned.v1', source: '/handoff/routing', subject: ticketId,
    time: '2026-11-02T09:10:00.000Z', traceparent: null,
    data: { ticketId, ticketVersion: 4, reassignedAt: '2026-11-02T09:10:00.000Z', from: 'isv/contoso', to: 'partner/2002', queue: 'partner/2002', by: 'ada', reason: 'The reseller knows this customer.' },
  },
  'handoff.ticket.resolved.v1': {
    id: 'c2b1a3d4-1111-5222-8333-94445556669a', type: 'handoff.ticket.resolved.v1', source: '/handoff/routing', subject: ticketId,
    time: '2026-11-02T09:30:00.000Z', traceparent: null,
    data: {
      ticketId, ticketVersion: 5, resolvedAt: '2026-11-02T09:30:00.000Z', by: null, party: 'isv/contoso', via: 'zendesk', note: null,
      ticket: routedTicket, decision: routedDecision, recipients: [], forSource: sourceReader,
    },
  },
  'handoff.notification.delivered.v1': {
    id: 'c2b1a3d4-1111-5222-8333-944455566681', type: 'handoff.notification.delivered.v1', source: '/handoff/notifier', subject: ticketId,
    time: '2026-11-02T08:00:01.600Z', traceparent,
    data: { ticketId, ticketVersion: 1, notificationId: '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c77', channel: 'mail', destination: 'isv/contoso', purpose: 'act', attempts: 1, deliveredAt: '2026-11-02T08:00:01.600Z', receipt: '250 2.0.0 accepted' },
  },
  'handoff.notification.failed.v1': {
    id: 'c2b1a3d4-1111-5222-8333-944455566682', type: 'handoff.notification.failed.v1', source: '/handoff/notifier', subject: ticketId,
    time: '2026-11-02T08:00:01.600Z', traceparent: null,
    data: { ticketId, ticketVersion: 1, notificationId: '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c78', channel: 'webhook', destination: 'isv/contoso', purpose: 'act', attempts: 8, failedAt: '2026-11-03T12:00:00.000Z', code: 'rejected', detail: 'The destination answered 410 Gone.' },
  },
  'handoff.notification.suppressed.v1': {
    id: 'c2b1a3d4-1111-5222-8333-94445556668a', type: 'handoff.notification.suppressed.v1', source: '/handoff/notifier', subject: ticketId,
    time: '2026-11-02T08:00:01.600Z', traceparent: null,
    data: {
      ticketId, ticketVersion: 1, notificationId: '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c79', channel: 'mail', destination: 'partner/1001', purpose: 'inform', attempts: 0, suppressedAt: '2026-11-02T08:00:01.600Z',
      code: 'held', detail: 'Held until 2026-11-02T12:00:00.000Z by a suppression of ada: maintenance of the desk.', suppressionId: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', heldUntil: '2026-11-02T12:00:00.000Z',
    },
  },
  'handoff.notification.replied.v1': {
    id: 'c2b1a3d4-1111-5222-8333-94445556668d', type: 'handoff.notification.replied.v1', source: '/handoff/notifier', subject: ticketId,
    time: '2026-11-02T08:20:00.000Z', traceparent: null,
    data: {
      ticketId, ticketVersion: 1, notificationId: '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c77', channel: 'mail', destination: 'isv/contoso', repliedAt: '2026-11-02T08:20:00.000Z', by: 'Ada Lovelace <ada@contoso.example>',
      text: 'We look at it. Since when does it happen?', isCut: false, attachments: [{ name: 'steps.pdf', contentType: 'application/pdf', bytes: 48_213 }],
    },
  },
  'handoff.notification.acknowledged.v1': {
    id: 'c2b1a3d4-1111-5222-8333-944455566687', type: 'handoff.notification.acknowledged.v1', source: '/handoff/notifier', subject: ticketId,
    time: '2026-11-02T08:20:00.000Z', traceparent: null,
    data: { ticketId, ticketVersion: 1, notificationId: '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c77', channel: 'mail', destination: 'isv/contoso', acknowledgedAt: '2026-11-02T08:20:00.000Z', by: 'Contoso support' },
  },
};

const received = GOLDEN_EVENTS['handoff.ticket.received.v1'];
const routed = GOLDEN_EVENTS['handoff.ticket.routed.v1'];
const delivered = GOLDEN_EVENTS['handoff.notification.delivered.v1'];
const acknowledged = GOLDEN_EVENTS['handoff.ticket.acknowledged.v1'];
const acknowledgedByMessage = GOLDEN_EVENTS['handoff.notification.acknowledged.v1'];

/** Examples of what the types grew by since; never changed either. */
export const LATER_GOLDEN_EVENTS: readonly HandoffEvent[] = [
  { ...received, id: 'c2b1a3d4-1111-5222-8333-944455566683', data: { ...received.data, ticket: { ...received.data.ticket, areaBasis: 'mapping' } } },
  {
    ...routed, id: 'c2b1a3d4-1111-5222-8333-944455566684',
    data: {
      ...routed.data, ticketVersion: 2, change: 'updated', cause: 'classified', previousQueue: 'triage',
      decision: { ...routed.data.decision, areaBasis: 'person', reasons: [...routed.data.decision.reasons, { code: 'classified-by-person', text: 'The area break-fix was set by ada at 2026-11-02T08:05:00.000Z.', source: 'Handoff default, where the guidance is silent' }] },
    },
  },
  { ...routed, id: 'c2b1a3d4-1111-5222-8333-944455566688', data: { ...routed.data, ticketVersion: 3, acknowledgeBy: '2026-11-02T09:00:01.200Z' } },
  { ...routed, id: 'c2b1a3d4-1111-5222-8333-944455566689', data: { ...routed.data, ticketVersion: 4, ticket: { ...routed.data.ticket, language: 'tr-TR' } } },
  { ...routed, id: 'c2b1a3d4-1111-5222-8333-944455566690', data: { ...routed.data, ticketVersion: 5, recipients: routedRecipients.map((recipient) => ({ ...recipient, language: 'tr' })) } },
  {
    ...delivered, id: 'c2b1a3d4-1111-5222-8333-944455566691',
    data: {
      ...delivered.data, notificationId: '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c79', channel: 'ticketing', receipt: 'Ticket 35436 in Zendesk: https://contoso.zendesk.com/agent/tickets/35436',
      foreignTicket: { channelId: '0f8fad5b-d9cb-469f-a165-70867728950e', system: 'zendesk', id: '35436', number: null, url: 'https://contoso.zendesk.com/agent/tickets/35436' },
    },
  },
  { ...acknowledged, id: 'c2b1a3d4-1111-5222-8333-944455566692', data: { ...acknowledged.data, party: 'partner/1001', serviceRequestNumber: '2611020040001234' } },
  { ...acknowledgedByMessage, id: 'c2b1a3d4-1111-5222-8333-944455566693', data: { ...acknowledgedByMessage.data, destination: 'partner/1001', via: 'link', serviceRequestNumber: '2611020040001234' } },
  { ...routed, id: 'c2b1a3d4-1111-5222-8333-944455566694', data: { ...routed.data, ticketVersion: 6, change: 'updated', cause: 'service-request-opened', ticket: { ...routed.data.ticket, serviceRequest: { number: '2611020040001234', status: null } } } },
  { ...received, id: 'c2b1a3d4-1111-5222-8333-944455566695', data: { ...received.data, sourceParty: 'partner/1001', change: 'closed', ticket: { ...received.data.ticket, status: 'closed', serviceRequest: { status: 'closed' } } } },
  { ...received, id: 'c2b1a3d4-1111-5222-8333-94445556669b', data: { ...received.data, change: 'commented', ticket: { comment: { author: 'Bo', body: 'Seen on the page of the log.', isPublic: true }, attachments: [{ name: 'log.txt', url: 'https://northwind.example/attachments/7' }] } } },
  { ...received, id: 'c2b1a3d4-1111-5222-8333-94445556669c', data: { ...received.data, source: 'contoso-desk', externalId: '35436', change: 'updated', isCopy: true, ticket: { status: 'open' } } },
  { ...routed, id: 'c2b1a3d4-1111-5222-8333-94445556669d', data: { ...routed.data, ticketVersion: 6, change: 'commented', cause: 'replied', recipients: [], ticket: { ...routed.data.ticket, comment: { author: 'Bo', body: 'It is mended.', isPublic: true }, attachments: [{ name: 'log.txt', url: 'https://contoso.example/attachments/7' }] }, forSource: sourceReader } },
  { ...GOLDEN_EVENTS['handoff.ticket.acknowledged.v1'], id: 'c2b1a3d4-1111-5222-8333-94445556669e', data: { ...GOLDEN_EVENTS['handoff.ticket.acknowledged.v1'].data, via: 'zendesk', ticket: routedTicket, decision: routedDecision, forSource: sourceReader } },
  { ...GOLDEN_EVENTS['handoff.ticket.escalated.v1'], id: 'c2b1a3d4-1111-5222-8333-94445556669f', data: { ...GOLDEN_EVENTS['handoff.ticket.escalated.v1'].data, step: 'next-party', forSource: sourceReader } },
  {
    ...delivered, id: 'c2b1a3d4-1111-5222-8333-9444555666a0',
    data: { ...delivered.data, channel: 'ticketing', foreignTicket: { channelId: '0f8fad5b-d9cb-469f-a165-70867728950e', system: 'servicenow', id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9', number: 'INC0010001', url: null, news: { source: 'contoso-desk', externalIds: ['INC0010001', '0a1b2c3d4e5f60718293a4b5c6d7e8f9'] } } },
  },
];
