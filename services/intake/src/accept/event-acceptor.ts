import { encodeEvent, type HandoffEvent, problemsOf, topicOf } from '@handoff/contracts';
import type { OutgoingRecord } from '@handoff/messaging';
import { Problem } from '@handoff/platform';
import type { PublishQueue } from './publish-queue.js';
import type { RecentEvents } from './recent-events.js';

export interface Acceptance {
  /** The same event was taken a short while ago, or at the same moment; it was stored once. */
  readonly duplicate: boolean;
}

/** How a content under a used key is met, and by what contents are compared. */
export interface ContentOf {
  /** Digest of what the sender told. `null`: the key was not the sender's choice, and nothing is compared. */
  readonly digest: string | null;
  /** Another content under the same key is refused with 409, or stored again under the same id, for routing to keep as a conflict. */
  readonly onConflict: 'refuse' | 'store';
}

interface Pending {
  readonly digest: string | null;
  readonly stored: Promise<void>;
}

const STORED: Acceptance = { duplicate: false };
const NOT_COMPARED: ContentOf = { digest: null, onConflict: 'store' };

/** Takes events: checks them by their schema, stores them in Kafka, and stores the same one only once while it remembers it. */
export class EventAcceptor {
  private readonly pending = new Map<string, Pending>();

  constructor(private readonly queue: Pick<PublishQueue, 'publish'>, private readonly recent: RecentEvents) {}

  /**
   * Resolves when the event is durable.
   * @throws Problem 422 `field-invalid`, 409 `idempotency-key-reused`, and what the queue throws.
   */
  async accept(event: HandoffEvent, content: ContentOf = NOT_COMPARED): Promise<Acceptance> {
    const pending = this.pending.get(event.id);
    if (pending !== undefined) {
      await pending.stored;
      return this.acceptAgain(event, content, pending.digest);
    }
    const remembered = this.recent.find(event.id);
    if (remembered !== undefined) return this.acceptAgain(event, content, remembered);
    requireValid(event);
    const { digest } = content;
    const stored = this.queue.publish(recordOf(event, digest));
    this.pending.set(event.id, { digest, stored });
    try {
      await stored;
      this.recent.remember(event.id, digest);
    } finally {
      this.pending.delete(event.id);
    }
    return STORED;
  }

  private async acceptAgain(event: HandoffEvent, { digest, onConflict }: ContentOf, known: string | null): Promise<Acceptance> {
    const isConflict = digest !== null && digest !== known;
    if (isConflict && onConflict === 'refuse') throw keyReused();
    if (isConflict) await this.queue.publish(recordOf(event, digest));
    return { duplicate: true };
  }
}

function recordOf(event: HandoffEvent, digest: string | null): OutgoingRecord {
  const { key, value, headers } = encodeEvent(event, digest ?? undefined);
  return { topic: topicOf(event.type), key, value, headers };
}

function keyReused(): Problem {
  return new Problem(409, 'idempotency-key-reused', 'This key was used a short while ago for another content. Take a new key for a new event.', { fields: [{ field: 'Idempotency-Key', detail: 'must be new for each event' }] });
}

/** What breaks the schema would only be set aside later, where its sender does not see it. */
function requireValid(event: HandoffEvent): void {
  const problems = problemsOf(event.type, event.data) ?? [];
  if (problems.length === 0) return;
  throw new Problem(422, 'field-invalid', `The content makes no valid event: ${problems.slice(0, 3).join('; ')}.`, { fields: problems.map((problem) => ({ field: problem.split(' ')[0] ?? '', detail: problem })) });
}
