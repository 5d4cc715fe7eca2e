import type { FieldProblem } from '@handoff/platform';
import type { IgnoredEvent } from '../adapters/adapter.js';
import type { Outcome } from '../source-activity/activity.js';
import { type EventAnswer, isFailed, type TakenEvent } from './delivery.js';

/** A genuine event that was not understood: it is kept, and tried again when its source is mended. */
export interface ParkedEvent {
  readonly parked: true;
  readonly parkedId: string;
  readonly code: string;
  readonly reason: string;
  /** The fields at fault, where there are any. */
  readonly errors: readonly FieldProblem[];
}

type AnsweredEvent = EventAnswer | IgnoredEvent | ParkedEvent;

/** What came of a webhook: its first event that became one, else the first that was parked; `events` has all where its body had several. */
export type WebhookAnswer = AnsweredEvent & { readonly events?: readonly AnsweredEvent[] };

/** @param parkedId where events failed. */
export function answerOf(taken: readonly TakenEvent[], parkedId: string | null): WebhookAnswer {
  const events = taken.map((event): AnsweredEvent => {
    if ('eventId' in event) return { eventId: event.eventId, ticketId: event.ticketId, duplicate: event.duplicate };
    if (!isFailed(event)) return event;
    const { code, detail, fields } = event.failure;
    return { parked: true, parkedId: parkedId ?? '', code, reason: detail, errors: fields };
  });
  const first = events.find((event) => 'eventId' in event) ?? events.find((event) => 'parked' in event) ?? events[0];
  if (first === undefined) return { ignored: true, reason: 'The body has no event in it.' };
  return events.length === 1 ? first : { ...first, events };
}

/** One word for what came of it. */
export function outcomeOf(event: TakenEvent): Outcome {
  if (isFailed(event)) return 'parked';
  if ('ignored' in event) return event.isOwn === true ? 'own' : 'ignored';
  return event.duplicate ? 'duplicate' : 'accepted';
}
