import { structuredEvent } from '@handoff/contracts';
import type { LogEntry } from './event-log.store.js';
import { liveChangesOf } from './live-changes.decision.js';

/** What a stream sends: how its events look on the wire. */
export type Wording = 'changes' | 'events';

/** A stretch of the log, worded once for all who follow it. */
export class LogBatch {
  private readonly worded = new Map<Wording, Buffer | null>();

  /** @param after position behind which it begins. @param upTo its last position. */
  constructor(readonly after: bigint, readonly upTo: bigint, readonly entries: readonly LogEntry[]) {}

  /** The part of it behind a position. */
  from(position: bigint): LogBatch {
    return position <= this.after ? this : new LogBatch(position, this.upTo, this.entries.filter((entry) => entry.position > position));
  }

  /** `null` where it says nothing in this wording. */
  as(wording: Wording): Buffer | null {
    const known = this.worded.get(wording);
    if (known !== undefined) return known;
    const text = wording === 'changes' ? changesFrame(this) : this.entries.map(eventFrame).join('');
    const bytes = text === '' ? null : Buffer.from(text);
    this.worded.set(wording, bytes);
    return bytes;
  }
}

/** One event as a server-sent event: without a name, so that `onmessage` gets it; its type is in the CloudEvent. */
export function eventFrame({ position, event }: LogEntry): string {
  return `id: ${position}\ndata: ${JSON.stringify(structuredEvent(event))}\n\n`;
}

function changesFrame({ entries, upTo }: LogBatch): string {
  const changes = liveChangesOf(entries);
  return changes.length === 0 ? '' : `id: ${upTo}\nevent: changes\ndata: ${JSON.stringify({ changes })}\n\n`;
}
