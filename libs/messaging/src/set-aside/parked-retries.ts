import { decodeEvent } from '@handoff/contracts';
import type { RunnerOptions } from '../runner.js';
import type { ParkedRecord, Transaction } from '../transactions.js';
import { deadLetterOf } from './dead-letter.decision.js';
import { reasonOf, retryOf } from './failure.decision.js';

/** Tries parked records again: those that are due, the earliest of its ticket first, one transaction each. */
export class ParkedRetries {
  constructor(private readonly options: Omit<RunnerOptions, 'chunkRecordsMax' | 'pause'>) {}

  /** Returns how many were tried, and how many of them were handled. */
  async retry(triesMax: number): Promise<{ readonly tried: number; readonly released: number }> {
    let released = 0;
    for (let tried = 0; tried < triesMax; tried += 1) {
      const outcome = await this.retryOne();
      if (outcome === 'none') return { tried, released };
      if (outcome === 'released') released += 1;
    }
    return { tried: triesMax, released };
  }

  private async retryOne(): Promise<'none' | 'released' | 'failed'> {
    const { transactions, now } = this.options;
    let parked: ParkedRecord | undefined;
    try {
      await transactions.run(async (tx) => {
        // Stays locked while it is tried: no other instance tries it, and nobody discards it meanwhile.
        [parked] = await tx.parking.due(now(), 1);
        if (parked === undefined) return;
        await this.handle(parked, tx);
        await tx.parking.release(parked.seq);
      });
      return parked === undefined ? 'none' : 'released';
    } catch (error) {
      if (parked === undefined || transactions.isUnavailable(error)) throw error;
      // It would have been handled, had it been alone: it stays due.
      if (transactions.isConflict(error)) return 'failed';
      await this.noteFailure(parked, error);
      return 'failed';
    }
  }

  private async handle({ record, editedValue }: ParkedRecord, tx: Transaction): Promise<void> {
    const event = decodeEvent(editedValue === null ? record : { ...record, value: editedValue });
    if (this.options.ignoredTypes.has(event.type)) return;
    const fresh = await tx.inbox.accept([event.id]);
    if (fresh.has(event.id)) await this.options.dispatch(event.type, [event], tx);
    else await this.options.repeated?.([event], tx);
  }

  /** In a transaction of its own: that of the attempt was rolled back. */
  private async noteFailure(parked: ParkedRecord, error: unknown): Promise<void> {
    const { transactions, now, group, log } = this.options;
    const attempts = parked.attempts + 1;
    const reason = reasonOf(error);
    // Who asks for a retry by hand is there to see it fail; the schedule is not begun anew.
    const retryAt = parked.isDead ? null : retryOf(error, attempts, now());
    await transactions.run(async (tx) => {
      await tx.parking.postpone(parked.seq, reason, retryAt);
      if (retryAt === null && !parked.isDead) await tx.outbox.copy([deadLetterOf({ id: parked.id, record: parked.record, reason, attempts, group })]);
    });
    if (retryAt === null && !parked.isDead) log.dead({ id: parked.id, topic: parked.record.topic, partition: parked.record.partition, offset: parked.record.offset, key: parked.record.key, code: reason.code, detail: reason.detail });
  }
}
