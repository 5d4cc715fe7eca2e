import type { EventOf, HandoffEvent } from '@handoff/contracts';

type Received = EventOf<'handoff.ticket.received.v1'>;

/** An event whose key had been used for another content. It changed nothing: the first content counts. */
export interface KeyConflict {
  readonly eventId: string;
  /** Of this content. */
  readonly contentDigest: string;
  readonly ticketId: string;
  readonly source: string;
  readonly externalId: string;
  /** What it told. */
  readonly content: Received['data'];
}

/** Events of sources among some that were handled before, as far as their contents can be compared. */
export function comparable(events: readonly HandoffEvent[]): readonly (Received & { readonly contentDigest: string })[] {
  return events.filter((event): event is Received & { readonly contentDigest: string } => event.type === 'handoff.ticket.received.v1' && event.contentDigest !== undefined);
}

/** Of events that were handled before, those that say something else than the first under their key said. */
export function conflictsAmong(events: readonly (Received & { readonly contentDigest: string })[], handled: ReadonlyMap<string, string>): readonly KeyConflict[] {
  return events
    .filter(({ id, contentDigest }) => (handled.get(id) ?? contentDigest) !== contentDigest)
    .map(({ id, contentDigest, data }) => ({ eventId: id, contentDigest, ticketId: data.ticketId, source: data.source, externalId: data.externalId, content: data }));
}
