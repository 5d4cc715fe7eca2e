import type { Transactions } from '@handoff/messaging';
import { Repeating } from '@handoff/platform';
import type { Rerouted, RerouteTicketsHandler } from './reroute-tickets.handler.js';
import type { Rerouting, RerouteStore, WaitingCount } from './reroute.store.js';

export interface RerouteWaitingOptions {
  readonly transactions: Transactions;
  readonly reroutings: RerouteStore;
  readonly handler: RerouteTicketsHandler;
  readonly pollIntervalMs: number;
  /** What was done in one transaction. */
  readonly onRerouted: (rerouted: Rerouted) => void;
  /** A ticket that could not be routed again; it is tried again later, and holds up no other. */
  readonly onFailed: (ticketId: string, error: unknown) => void;
  /** The worker itself could not go on, as when the database is away; it tries again at the next poll. */
  readonly onError: (error: unknown) => void;
  /** How many wait, and how many fail. */
  readonly onCounted: (waiting: readonly WaitingCount[], failing: number) => void;
}

const CHANGES_MAX = 10_000;
const CHUNK_TICKETS_MAX = 500;
const COUNT_INTERVAL_MS = 15_000;

/** Routes tickets again when the directory learnt what they wait for. Several instances share the work. */
export class RerouteWaitingWorker {
  private readonly repeating: readonly Repeating[];

  constructor(private readonly options: RerouteWaitingOptions) {
    const { pollIntervalMs, onError } = options;
    this.repeating = [new Repeating({ intervalMs: pollIntervalMs, onError, work: (signal) => this.runOnce(signal) }), new Repeating({ intervalMs: COUNT_INTERVAL_MS, onError, work: () => this.count() })];
  }

  start(): void {
    for (const each of this.repeating) each.start();
  }

  /** Ends after the transaction under way. What is left over is in the tables for the next process. */
  async close(): Promise<void> {
    await Promise.all(this.repeating.map((each) => each.close()));
  }

  /** Does all that can be done now. */
  async runOnce(signal?: AbortSignal): Promise<void> {
    await untilEmpty((limit) => this.options.transactions.run((tx) => this.options.reroutings.noticeChanges(tx, limit)), CHANGES_MAX, signal);
    await untilEmpty((limit) => this.options.transactions.run((tx) => this.options.reroutings.noticeBeginnings(tx, limit)), CHANGES_MAX, signal);
    await untilEmpty((limit) => this.routeChunk(limit, signal), CHUNK_TICKETS_MAX, signal);
  }

  private async routeChunk(limit: number, signal: AbortSignal | undefined): Promise<number> {
    const { transactions, reroutings, handler, onRerouted } = this.options;
    let taken: readonly Rerouting[] = [];
    try {
      const rerouted = await transactions.run(async (tx) => {
        taken = await reroutings.take(tx, limit);
        return taken.length === 0 ? null : handler.handle(taken, tx);
      });
      if (rerouted !== null) onRerouted(rerouted);
    } catch (error) {
      if (taken.length === 0 || this.isPassing(error)) throw error;
      await this.oneByOne(taken, signal);
    }
    return taken.length;
  }

  /** Some ticket of a chunk failed: each is tried alone, so that it fails alone. */
  private async oneByOne(chunk: readonly Rerouting[], signal: AbortSignal | undefined): Promise<void> {
    const { transactions, reroutings, handler, onRerouted, onFailed } = this.options;
    for (const { ticketId } of chunk) {
      if (signal?.aborted === true) return;
      try {
        const rerouted = await transactions.run(async (tx) => {
          const rerouting = await reroutings.takeOne(tx, ticketId);
          return rerouting === null ? null : handler.handle([rerouting], tx);
        });
        if (rerouted !== null) onRerouted(rerouted);
      } catch (error) {
        if (this.isPassing(error)) throw error;
        await transactions.run((tx) => reroutings.fail(tx, ticketId, error instanceof Error ? error.message : String(error)));
        onFailed(ticketId, error);
      }
    }
  }

  private isPassing(error: unknown): boolean {
    return this.options.transactions.isUnavailable(error) || this.options.transactions.isConflict(error);
  }

  private async count(): Promise<void> {
    const { transactions, reroutings, onCounted } = this.options;
    const [waiting, failing] = await transactions.run(async (tx) => [await reroutings.waiting(tx), await reroutings.failing(tx)] as const);
    onCounted(waiting, failing);
  }
}

async function untilEmpty(step: (limit: number) => Promise<number>, limit: number, signal: AbortSignal | undefined): Promise<void> {
  while (signal?.aborted !== true && (await step(limit)) === limit);
}
