import { type Clock, counter, gauge, Repeating } from '@handoff/platform';
import { Lanes } from '../read-sources/lanes.js';
import type { CompleteTicketHandler } from './complete-ticket.handler.js';
import type { Completion } from './completion.js';
import type { CompletionStore } from './completion.store.js';
import { type CompletionOutcome, nextStep } from './next-attempt.decision.js';

export interface CompletionWorkerParts {
  readonly store: CompletionStore;
  readonly handler: Pick<CompleteTicketHandler, 'complete'>;
  readonly clock: Clock;
  /** 0 up to, not with, 1. */
  readonly random: () => number;
  readonly log: { warn(fields: object, message: string): void };
}

/** Sources that are read at once by this process. */
const LANES = 4;
/** Tickets of one source that are read at once; the pace of the source holds them apart. */
const TICKETS_AT_ONCE = 4;
const INTERVAL_MS = 1_000;
const TIDY_INTERVAL_MS = 15_000;
/** A claim whose process died is taken over then. A ticket that takes longer is read twice, and told once. */
const CLAIM_MS = 120_000;
/** How long a source that cannot answer is left alone, where it does not say. */
const REST_MS = 5_000;
const GIVEN_UP_KEPT_MS = 30 * 86_400_000;

const completionsTotal = counter('handoff_completions_total', 'Attempts to complete tickets of which webhooks told too little, by what came of them', ['source', 'outcome']);
const waitingGauge = gauge('handoff_completions_waiting', 'Tickets that wait to be completed', ['source']);
const givenUpGauge = gauge('handoff_completions_given_up', 'Tickets that could not be completed and were given up', ['source']);

/** Completes tickets that are due, shared with all other instances. A slow system holds up its own tickets alone. */
export class CompletionWorker {
  private readonly busy = new Set<string>();
  private readonly restingUntil = new Map<string, number>();
  private readonly lanes: Lanes<readonly Completion[]>;
  private readonly repeating: readonly Repeating[];

  constructor(private readonly parts: CompletionWorkerParts) {
    const onError = (err: unknown): void => parts.log.warn({ err }, 'Tickets cannot be completed now; it is tried again.');
    this.lanes = new Lanes({ countMax: LANES, claim: () => this.claim(), work: (claimed, signal) => this.completeAll(claimed, signal), onError });
    this.repeating = [new Repeating({ intervalMs: INTERVAL_MS, work: (signal) => this.lanes.fill(signal), onError }), new Repeating({ intervalMs: TIDY_INTERVAL_MS, work: () => this.tidy(), onError })];
  }

  start(): void {
    for (const each of this.repeating) each.start();
  }

  async close(): Promise<void> {
    await Promise.all(this.repeating.map((each) => each.close()));
    await this.lanes.settled();
  }

  /** Completes what is due, until nothing is. */
  async work(signal: AbortSignal): Promise<void> {
    await this.lanes.fill(signal);
    await this.lanes.settled();
  }

  private async claim(): Promise<readonly Completion[] | null> {
    const now = this.parts.clock.now();
    for (const [source, until] of this.restingUntil) if (until <= now.getTime()) this.restingUntil.delete(source);
    const claimed = await this.parts.store.claim({ now, until: new Date(now.getTime() + CLAIM_MS), count: TICKETS_AT_ONCE, except: [...this.busy, ...this.restingUntil.keys()] });
    return claimed.length === 0 ? null : claimed;
  }

  private async completeAll(claimed: readonly Completion[], signal: AbortSignal): Promise<void> {
    const sources = claimed.map(({ source }) => source);
    for (const source of sources) this.busy.add(source);
    try {
      await Promise.all(claimed.map((completion) => this.complete(completion, signal)));
    } finally {
      for (const source of sources) this.busy.delete(source);
    }
  }

  private async complete(completion: Completion, signal: AbortSignal): Promise<void> {
    const { store, handler, clock, random, log } = this.parts;
    const outcome = await handler.complete(completion);
    const now = clock.now();
    // What ends with this process says nothing of the system: the next one reads the ticket at once.
    if (signal.aborted && outcome.code === 'later') return store.failed(completion, { attempts: completion.attempts, dueAt: now, problem: outcome.problem }, now);
    const { source, externalId } = completion;
    completionsTotal.inc({ source, outcome: outcome.code });
    this.rest(source, outcome, now);
    const next = nextStep(outcome, { askedAt: new Date(completion.askedAt), attempts: completion.attempts, now, random: random() });
    if (next.step === 'done') return store.done(completion, now);
    const { attempts, problem } = next;
    if (next.step === 'give-up') log.warn({ source, externalId, attempts, problem }, 'A ticket could not be completed, and is given up; it stays routed by what its webhook told.');
    return store.failed(completion, { attempts, dueAt: next.step === 'again' ? next.dueAt : null, problem }, now);
  }

  private rest(source: string, outcome: CompletionOutcome, now: Date): void {
    if (outcome.code === 'later') this.restingUntil.set(source, Math.max(this.restingUntil.get(source) ?? 0, now.getTime() + (outcome.retryAfterMs ?? REST_MS)));
  }

  private async tidy(): Promise<void> {
    const { store, clock } = this.parts;
    const now = clock.now();
    await store.reviveChanged(now);
    await store.forget(new Date(now.getTime() - GIVEN_UP_KEPT_MS));
    const standing = await store.standing('all');
    waitingGauge.reset();
    givenUpGauge.reset();
    for (const [source, { waiting, givenUp }] of standing) {
      waitingGauge.set({ source }, waiting);
      givenUpGauge.set({ source }, givenUp);
    }
  }
}
