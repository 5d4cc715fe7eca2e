import type { EventOf, EventType, HandoffEvent, Reason } from '@handoff/contracts';

export const ENTRY_KINDS = ['received', 'decided', 'notified', 'acknowledged', 'escalated', 'replied', 'attached', 'detached', 'reassigned', 'resolved'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One thing that happened to a ticket. */
export interface TimelineEntry {
  /** Of the event that tells it. */
  readonly eventId: string;
  readonly kind: EntryKind;
  readonly at: string;
  /** `null`: it was not decided yet. */
  readonly ticketVersion: number | null;
  /** What happened, in a sentence. */
  readonly text: string;
  readonly reasons: readonly Reason[];
  /** The event's data, whole. */
  readonly data: object;
}

type Told = Pick<TimelineEntry, 'kind' | 'text'> & Partial<Pick<TimelineEntry, 'reasons'>>;

/** The entry that an event is in the story of its ticket; `null` for an event that is about an outage alone. */
export function timelineEntryOf(event: HandoffEvent): TimelineEntry | null {
  const told = toldBy(event);
  if (told === null) return null;
  return { eventId: event.id, at: event.time, ticketVersion: 'ticketVersion' in event.data ? event.data.ticketVersion : null, reasons: [], ...told, data: event.data };
}

const TOLD_BY: { readonly [T in EventType]: (event: EventOf<T>) => Told | null } = {
  'handoff.ticket.received.v1': ({ data }) => ({ kind: 'received', text: `${data.source} told that ${data.externalId} was ${data.change}.` }),
  'handoff.ticket.routed.v1': ({ data }) => ({ kind: 'decided', text: decidedText(data), reasons: data.decision.reasons }),
  'handoff.ticket.attached.v1': ({ data }) => ({ kind: 'attached', text: data.reason === undefined ? `It belongs to the outage ${data.noticeId} of ${data.offerId}.` : `${data.by ?? 'A person'} attached it to the outage ${data.noticeId} of ${data.offerId}: ${data.reason}` }),
  'handoff.ticket.detached.v1': ({ data }) => ({ kind: 'detached', text: `${data.by ?? 'A person'} said that it does not belong to the outage ${data.noticeId}: ${data.reason}` }),
  'handoff.ticket.acknowledged.v1': ({ data }) => ({ kind: 'acknowledged', text: `${data.by ?? data.party ?? 'Somebody'} works on it (${data.via}).${data.isComplete ? '' : ' Others have not answered yet.'}` }),
  'handoff.ticket.reassigned.v1': ({ data }) => ({ kind: 'reassigned', text: `${data.by ?? 'A person'} moved it from ${data.from} to ${data.to}: ${data.reason}` }),
  'handoff.ticket.resolved.v1': ({ data }) => ({ kind: 'resolved', text: `${data.by ?? data.party ?? 'Somebody'} said that it is done (${data.via}).` }),
  'handoff.ticket.escalated.v1': ({ data }) => ({ kind: 'escalated', text: escalatedText(data), reasons: data.decision.reasons }),
  'handoff.notification.delivered.v1': ({ data }) => ({ kind: 'notified', text: `A message to ${data.destination} by ${data.channel} was delivered at attempt ${data.attempts}.` }),
  'handoff.notification.failed.v1': ({ data }) => ({ kind: 'notified', text: `A message to ${data.destination} by ${data.channel} failed after attempt ${data.attempts} (${data.code}): ${data.detail}` }),
  'handoff.notification.suppressed.v1': ({ data }) => ({ kind: 'notified', text: `A message to ${data.destination} by ${data.channel} was not sent (${data.code}): ${data.detail}` }),
  'handoff.notification.replied.v1': ({ data }) => ({ kind: 'replied', text: `${data.by ?? data.destination} answered by ${data.channel}.` }),
  'handoff.notification.acknowledged.v1': ({ data }) => ({ kind: 'acknowledged', text: `${data.by ?? data.destination} said by the message that it works on it.` }),
  'handoff.health-notice.received.v1': () => null,
  'handoff.health-notice.affected.v1': () => null,
  'handoff.health-notice.told.v1': () => null,
};

function toldBy(event: HandoffEvent): Told | null {
  return (TOLD_BY[event.type] as (event: HandoffEvent) => Told | null)(event);
}

function decidedText({ decision, previousQueue, cause }: EventOf<'handoff.ticket.routed.v1'>['data']): string {
  const because = cause === undefined ? '' : ` (${cause})`;
  if (previousQueue === null || previousQueue === decision.queue) return `It was decided${because}, and lies in ${decision.queue}.`;
  return `It was decided anew${because}, and moved from ${previousQueue} to ${decision.queue}.`;
}

function escalatedText({ step, recipients }: EventOf<'handoff.ticket.escalated.v1'>['data']): string {
  const asked = [...new Set(recipients.map(({ destination }) => destination))].join(', ');
  return `Nobody acknowledged it: ${step}${asked === '' ? '' : `, ${asked} asked`}.`;
}
