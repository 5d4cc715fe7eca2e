import { setTimeout as delay } from 'node:timers/promises';
import type { HandoffEvent } from '@handoff/contracts';
import type { Transaction, Transactions } from '@handoff/messaging';
import type { ForeignTicket } from '../channels/ticketing/foreign-ticket.js';
import type { ForeignTicketStore } from '../channels/ticketing/foreign-ticket.store.js';
import { outcomeEvents } from '../notification/notification.events.js';
import type { WatchChannelsHandler } from '../watch-channels/watch-channels.handler.js';
import type { AttemptResult, DeliveryStore, SendResult } from './delivery.store.js';

export interface RecorderOptions {
  readonly store: Pick<DeliveryStore, 'record' | 'recordSummarised'>;
  readonly watch: Pick<WatchChannelsHandler, 'handle'>;
  readonly foreignTickets: Pick<ForeignTicketStore, 'keep'>;
  readonly transactions: Transactions;
  readonly owner: string;
  readonly onError: (error: unknown, waiting: number) => void;
}

interface Entry {
  readonly result: SendResult;
  readonly done: () => void;
}

const RESULTS_A_TRANSACTION_MAX = 500;
const RETRY_DELAY_MS = 300;
const LANES_MAX = 2;
/** A transaction and the publication of its events cost as much as some dozens of results: it waits a moment for more of them, */
const GATHER_MS = 25;
/** unless there are so many already. */
const GATHER_RESULTS_MAX = 100;

/**
 * Records what sends came to: state, attempt and event in one transaction, many results together.
 * While the database is away it keeps them and goes on trying; nothing is sent a second time for that.
 */
export class Recorder {
  private waiting: Entry[] = [];
  private lanes = 0;
  private gathering: NodeJS.Timeout | undefined;
  private readonly stopping = new AbortController();

  constructor(private readonly options: RecorderOptions) {}

  /** Resolves when the result is recorded, or when recording was given up because the process ends. */
  record(result: SendResult): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({ result, done });
      this.gather();
    });
  }

  /** Gives up what could not be recorded: the next process sends it again, under the same id. */
  close(): void {
    this.stopping.abort();
  }

  private gather(): void {
    if (this.lanes >= LANES_MAX) return;
    if (this.waiting.length >= GATHER_RESULTS_MAX) void this.work();
    else if (this.waiting.length > 0) this.gathering ??= setTimeout(() => void this.work(), GATHER_MS);
  }

  private async work(): Promise<void> {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    this.lanes += 1;
    const entries = this.waiting.splice(0, RESULTS_A_TRANSACTION_MAX);
    await this.recordAll(entries);
    for (const { done } of entries) done();
    this.lanes -= 1;
    this.gather();
  }

  private async recordAll(entries: readonly Entry[]): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        return await this.transact(entries.map(({ result }) => result));
      } catch (error) {
        this.options.onError(error, this.waiting.length + entries.length);
        const { transactions } = this.options;
        // One result that the database does not take must not keep the others back.
        if (entries.length > 1 && !transactions.isUnavailable(error) && !transactions.isConflict(error)) {
          return void (await Promise.all(entries.map((entry) => this.recordAll([entry]))));
        }
        await delay(RETRY_DELAY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  private async transact(results: readonly SendResult[]): Promise<void> {
    const { store, watch, foreignTickets, transactions, owner } = this.options;
    await transactions.run(async (tx) => {
      const recorded = await store.record(tx, owner, results);
      const kept = results.filter(({ delivery }) => recorded.has(delivery.notification.notificationId));
      await watch.handle(tx, kept);
      for (const { foreignTicket, at } of kept.flatMap(toldBy)) await foreignTickets.keep(tx, foreignTicket, at);
      await tx.outbox.add([...kept.flatMap(eventsOf), ...(await this.tellSummarised(tx, kept))]);
    });
  }

  /** A summary that was delivered has delivered what it tells. */
  private async tellSummarised(tx: Transaction, results: readonly SendResult[]): Promise<HandoffEvent[]> {
    const events: HandoffEvent[] = [];
    for (const result of results) {
      const { about, notificationId } = result.delivery.notification;
      if ((about !== 'summary' && about !== 'bundle') || !('attempt' in result) || result.disposition.state !== 'delivered') continue;
      const { attempt, disposition } = result;
      const [at, receipt] = [endOf(attempt), `Told in the summary ${notificationId}. ${disposition.receipt}`];
      const told = await this.options.store.recordSummarised(tx, [notificationId], { at, receipt });
      events.push(...told.flatMap((one) => outcomeEvents(one.notification, one.told, { attempts: 0, at: at.toISOString(), outcome: { state: 'delivered', receipt } })));
    }
    return events;
  }
}

function eventsOf(result: SendResult): HandoffEvent[] {
  const { delivery: { notification, routed, attempts } } = result;
  if (!('attempt' in result)) return outcomeEvents(notification, routed, { attempts, at: result.at, outcome: { state: 'suppressed', ...result.reason } });
  const { attempt, disposition } = result;
  if (disposition.state === 'pending') return [];
  return outcomeEvents(notification, routed, { attempts: attempt.attempt, at: endOf(attempt).toISOString(), outcome: disposition });
}

function toldBy(result: SendResult): { foreignTicket: ForeignTicket; at: Date }[] {
  if (!('attempt' in result)) return [];
  const { attempt, disposition } = result;
  if (disposition.state !== 'delivered' || disposition.foreignTicket === undefined) return [];
  return [{ foreignTicket: disposition.foreignTicket, at: endOf(attempt) }];
}

function endOf({ at, durationMs }: AttemptResult['attempt']): Date {
  return new Date(Date.parse(at) + durationMs);
}
