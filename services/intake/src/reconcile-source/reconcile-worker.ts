import { type Clock, gauge, Repeating } from '@handoff/platform';
import { Lanes } from '../read-sources/lanes.js';
import type { TicketStateStore } from '../ticket-states/ticket-state.store.js';
import { retryPollAt } from './next-poll.decision.js';
import { LOOK_BACK_MS } from './poll-window.decision.js';
import type { PollOutcome, ReconcileSourceHandler } from './reconcile-source.handler.js';
import type { PollClaim, PollEnd } from './reconciliation.js';
import type { ReconciliationStore } from './reconciliation.store.js';

export interface ReconcileWorkerParts {
  readonly store: ReconciliationStore;
  readonly states: Pick<TicketStateStore, 'forget'>;
  readonly handler: Pick<ReconcileSourceHandler, 'poll'>;
  readonly clock: Clock;
  /** 0 up to, not with, 1. */
  readonly random: () => number;
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
}

/** Sources that are polled at once by this process. */
const LANES = 4;
const INTERVAL_MS = 1_000;
/** A claim is kept alive while its poll goes on, and taken over when its process died. */
const CLAIM_MS = 120_000;
const KEEP_INTERVAL_MS = 30_000;
/** After so long a poll lets others go first; it goes on where it stopped. */
const POLL_MS_MAX = 600_000;
const STANDING_INTERVAL_MS = 5_000;
const TIDY_INTERVAL_MS = 900_000;

const lag = gauge('handoff_reconcile_lag_seconds', 'For each source that is polled: how long ago the time is up to which all changes are told', ['source']);

/** Polls sources that are due, shared with all other instances: each source is polled by one at a time. */
export class ReconcileWorker {
  private readonly lanes: Lanes<PollClaim>;
  private readonly repeating: readonly Repeating[];

  constructor(private readonly parts: ReconcileWorkerParts) {
    const onError = (err: unknown): void => parts.log.warn({ err }, 'Sources cannot be polled now; it is tried again.');
    this.lanes = new Lanes({ countMax: LANES, claim: () => this.claim(), work: (claim, signal) => this.poll(claim, signal), onError });
    const regularly = (intervalMs: number, work: (signal: AbortSignal) => Promise<void>): Repeating => new Repeating({ intervalMs, work, onError });
    this.repeating = [regularly(INTERVAL_MS, (signal) => this.lanes.fill(signal)), regularly(STANDING_INTERVAL_MS, () => this.show()), regularly(TIDY_INTERVAL_MS, () => this.tidy())];
  }

  start(): void {
    for (const each of this.repeating) each.start();
  }

  async close(): Promise<void> {
    await Promise.all(this.repeating.map((each) => each.close()));
    await this.lanes.settled();
  }

  /** Polls what is due, until nothing is. */
  async work(signal: AbortSignal): Promise<void> {
    await this.lanes.fill(signal);
    await this.lanes.settled();
  }

  private claim(): Promise<PollClaim | null> {
    const now = this.parts.clock.now();
    return this.parts.store.claim({ now, until: this.claimEnd(), lookBack: new Date(now.getTime() - LOOK_BACK_MS) });
  }

  private async poll(claim: PollClaim, signal: AbortSignal): Promise<void> {
    const { store, handler, clock, log } = this.parts;
    const begunMs = clock.now().getTime();
    let found = 0;
    // Some systems are read to their end before the first ticket is told.
    const keeping = new Repeating({ intervalMs: KEEP_INTERVAL_MS, work: async () => void (await store.keep(claim, { until: this.claimEnd() })), onError: (err) => log.warn({ err, source: claim.source }, 'The right to poll a source cannot be kept now; it is tried again.') });
    keeping.start();
    const outcome = await handler.poll(claim, async (told) => {
      found += told.found;
      const isOurs = await store.keep(claim, { ...told, until: this.claimEnd() });
      return isOurs && !signal.aborted && clock.now().getTime() - begunMs < POLL_MS_MAX;
    }).finally(() => keeping.close());
    if (found > 0) log.info({ source: claim.source, found }, 'A poll found tickets that no webhook had brought.');
    await store.finish(claim, this.endOf(outcome, claim, signal), clock.now());
  }

  private endOf(outcome: PollOutcome, { source, failures, everySeconds }: PollClaim, signal: AbortSignal): PollEnd {
    if (outcome.code === 'complete') return { kind: 'complete', readUpTo: outcome.readUpTo };
    // What ends with this process says nothing of the system.
    if (outcome.code === 'stopped' || (signal.aborted && outcome.code === 'later')) return { kind: 'interrupted' };
    const { problem, code } = outcome;
    this.parts.log.warn({ source, problem, failures }, 'A source could not be polled to the end; it is tried again.');
    const retryAt = retryPollAt({ isRefused: code === 'refused', retryAfterMs: code === 'later' ? outcome.retryAfterMs : null, failures, everySeconds, now: this.parts.clock.now(), random: this.parts.random() });
    return { kind: 'failed', problem, retryAt };
  }

  private claimEnd(): Date {
    return new Date(this.parts.clock.now().getTime() + CLAIM_MS);
  }

  private async show(): Promise<void> {
    const standing = await this.parts.store.standing('all', this.parts.clock.now());
    lag.reset();
    for (const [source, { lagSeconds }] of standing) lag.set({ source }, lagSeconds);
  }

  private async tidy(): Promise<void> {
    await this.parts.store.forget();
    await this.parts.states.forget();
  }
}
