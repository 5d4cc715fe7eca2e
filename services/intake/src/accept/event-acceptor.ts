import { encodeEvent, type HandoffEvent, problemsOf, topicOf } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import type { PublishQueue } from './publish-queue.js';
import type { RecentEvents } from './recent-events.js';

export interface Acceptance {
  /** The same event was taken a short while ago, or at the same moment; it was stored once. */
  readonly duplicate: boolean;
}

interface Pending {
  readonly fingerprint: string | null;
  readonly stored: Promise<void>;
}

/** Takes events: checks them by their schema, stores them in Kafka, and stores the same one only once while it remembers it. */
export class EventAcceptor {
  private readonly pending = new Map<string, Pending>();

  constructor(private readonly queue: Pick<PublishQueue, 'publish'>, private readonly recent: RecentEvents) {}

  /**
   * Resolves when the event is durable.
   * @param fingerprint of the content, where the sender chose the key and might use it twice; `null` where it cannot.
   * @throws Problem 422 `field-invalid`, 409 `idempotency-key-reused`, and what the queue throws.
   */
  async accept(event: HandoffEvent, fingerprint: string | null = null): Promise<Acceptance> {
    const remembered = this.recent.find(event.id);
    if (remembered !== undefined) return repeated(remembered, fingerprint);
    const pending = this.pending.get(event.id);
    if (pending !== undefined) {
      await pending.stored;
      return repeated(pending.fingerprint, fingerprint);
    }
    await this.store(event, fingerprint);
    return { duplicate: false };
  }

  private async store(event: HandoffEvent, fingerprint: string | null): Promise<void> {
    requireValid(event);
    const stored = this.queue.publish({ topic: topicOf(event.type), ...encodeEvent(event) });
    this.pending.set(event.id, { fingerprint, stored });
    try {
      await stored;
      this.recent.remember(event.id, fingerprint);
    } finally {
      this.pending.delete(event.id);
    }
  }
}

function repeated(remembered: string | null, fingerprint: string | null): Acceptance {
  if (remembered === fingerprint) return { duplicate: true };
  throw new Problem(409, 'idempotency-key-reused', 'This key was used a short while ago for another content. Take a new key for a new event.', { fields: [{ field: 'Idempotency-Key', detail: 'must be new for each event' }] });
}

/** What breaks the schema would only be set aside later, where its sender does not see it. */
function requireValid(event: HandoffEvent): void {
  const problems = problemsOf(event.type, event.data) ?? [];
  if (problems.length === 0) return;
  throw new Problem(422, 'field-invalid', `The content makes no valid event: ${problems.slice(0, 3).join('; ')}.`, { fields: problems.map((problem) => ({ field: problem.split(' ')[0] ?? '', detail: problem })) });
}
