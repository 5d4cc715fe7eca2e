import { type EventOf, nameBasedId, type TicketReceived, ticketIdOf } from '@handoff/contracts';

type Overrides = Partial<Omit<TicketReceived, 'ticketId'>> & { readonly id?: string; readonly time?: string };

/** A `handoff.ticket.received.v1` of Contoso's CRM; say only what matters to the test. */
export function aTicketReceived({ id, time, ...data }: Overrides = {}): EventOf<'handoff.ticket.received.v1'> {
  const source = data.source ?? 'test';
  const externalId = data.externalId ?? 'T-1';
  const change = data.change ?? 'created';
  const occurredAt = data.occurredAt ?? '2026-11-02T08:00:00.000Z';
  const ticketId = ticketIdOf(source, externalId);
  return {
    id: id ?? nameBasedId('received', source, externalId, change, occurredAt), type: 'handoff.ticket.received.v1', source: '/handoff/intake',
    subject: ticketId, time: time ?? occurredAt, traceparent: null,
    data: {
      ticketId, source, sourceParty: null, externalId, externalUrl: null, change, occurredAt,
      ...data,
      ticket: { subject: 'Sign-in fails', area: 'break-fix', asker: 'customer', offerId: 'contoso-crm', customerId: 'wingtip', ...data.ticket },
    },
  };
}

/** A ring of one key, for services under test. */
export const TEST_KEYS = `of-tests:${Buffer.alloc(32, 't').toString('base64')}`;
