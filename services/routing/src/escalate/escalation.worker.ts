import type { Transactions } from '@handoff/messaging';
import { type Clock, Repeating } from '@handoff/platform';
import type { EscalateTicketHandler, EscalationOutcome } from './escalate-ticket.handler.js';
import type { TimerStore } from './timer.store.js';

export interface EscalationOptions {
  readonly transactions: Transactions;
  readonly timers: TimerStore;
  readonly handler: EscalateTicketHandler;
  readonly clock: Clock;
  readonly pollIntervalMs: number;
  readonly onStep: (outcome: EscalationOutcome) => void;
  /** A ticket whose step failed; it is tried again later, and holds up no other. */
  readonly onFailed: (ticketId: string, error: unknown) => void;
  /** The worker itself could not go on, as when the database is away; it tries again at the next poll. */
  readonly onError: (error: unknown) => void;
  readonly onCounted: (overdueTickets: number) => void;
}

const COUNT_INTERVAL_MS = 15_000;

/** Takes the steps that are due. Several instances share the work; each step has a transaction of its own, so that it fails alone. */
export class EscalationWorker {
  private readonly repeating: readonly Repeating[];

  constructor(private readonly options: EscalationOptions) {
    const { pollIntervalMs, onError } = options;
    this.repeating = [new Repeating({ intervalMs: pollIntervalMs, onError, work: (signal) => this.runOnce(signal) }), new Repeating({ intervalMs: COUNT_INTERVAL_MS, onError, work: () => this.count() })];
  }

  start(): void {
    for (const each of this.repeating) each.start();
  }

  /** Ends after the step under way. Timers that are due then are in the table for the next process. */
  async close(): Promise<void> {
    await Promise.all(this.repeating.map((each) => each.close()));
  }

  /** Takes all steps that are due now. */
  async runOnce(signal?: AbortSignal): Promise<void> {
    while (signal?.aborted !== true && (await this.step()));
  }

  private async count(): Promise<void> {
    this.options.onCounted(await this.options.transactions.run((tx) => this.options.timers.overdue(tx)));
  }

  private async step(): Promise<boolean> {
    const { transactions, timers, handler, clock, onStep, onFailed } = this.options;
    let ticketId: string | null = null;
    try {
      const outcome = await transactions.run(async (tx) => {
        ticketId = await timers.takeDue(tx, clock.now());
        return ticketId === null ? null : handler.handle(ticketId, tx);
      });
      if (outcome !== null) onStep(outcome);
    } catch (error) {
      if (ticketId === null || transactions.isUnavailable(error) || transactions.isConflict(error)) throw error;
      const failed: string = ticketId;
      await transactions.run((tx) => timers.fail(tx, failed, { text: error instanceof Error ? error.message : String(error), now: clock.now() }));
      onFailed(failed, error);
    }
    return ticketId !== null;
  }
}
