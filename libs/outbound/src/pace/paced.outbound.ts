import { setTimeout as delay } from 'node:timers/promises';
import { type HeldBack, type Lane, notSent, type Outbound, type OutboundRequest, type Outcome } from '../outbound.js';
import { withTimeLeft } from '../time-left.js';
import type { CircuitRules } from './circuit.decision.js';
import { type CircuitChange, type LaneState, OpenLane } from './open-lane.js';

export interface PaceOptions {
  readonly circuit: CircuitRules;
  /** How long a call may wait for its turn before it is held back. */
  readonly waitMsMax: number;
  readonly now: () => Date;
  readonly onCircuitChange?: (change: CircuitChange) => void;
  /** Ends early, and does not reject, when the signal aborts. */
  readonly sleep?: Sleep;
}

export type Sleep = (ms: number, signal: AbortSignal | undefined) => Promise<void>;

const LANES_MAX = 10_000;
/** When a place will be free is not known. */
const PLACE_RETRY_MS = 1_000;

const sleepWell: Sleep = async (ms, signal) => {
  await delay(ms, undefined, { ...(signal === undefined ? {} : { signal }) }).catch(() => undefined);
};

/**
 * Keeps to what a server allows: requests a second, requests at once, pauses that it asks for; and leaves it alone while it fails.
 * Each process keeps its own account: the limits of a lane hold for one process.
 */
export class PacedOutbound implements Outbound {
  private readonly lanes = new Map<string, OpenLane>();
  private readonly sleep: Sleep;

  constructor(private readonly inner: Outbound, private readonly options: PaceOptions) {
    this.sleep = options.sleep ?? sleepWell;
  }

  async call(request: OutboundRequest): Promise<Outcome> {
    const startedMs = performance.now();
    const { host = '', origin = '' } = URL.parse(request.url) ?? {};
    const lane = this.laneOf(request.lane ?? { name: origin });
    // Nobody waits in line for a server that is not to be called.
    const first = lane.look(this.nowMs());
    if (!first.admitted) return heldBack(host, first.retryAfterMs);
    const untilMs = startedMs + Math.min(this.options.waitMsMax, request.timeoutMs ?? Infinity);
    const patience = (served: AbortSignal): Promise<void> => this.sleep(untilMs - startedMs, request.signal === undefined ? served : AbortSignal.any([served, request.signal]));
    if (!await lane.places.take(lane.concurrentMax, patience)) return request.signal?.aborted === true ? cancelled(host) : heldBack(host, PLACE_RETRY_MS);
    try {
      const waitMs = await this.turn(lane, untilMs, request.signal);
      if (request.signal?.aborted === true) return cancelled(host);
      if (waitMs > 0) return heldBack(host, waitMs);
      return await this.send(lane, withTimeLeft(request, startedMs), host);
    } finally {
      lane.places.leave();
    }
  }

  states(): readonly LaneState[] {
    return [...this.lanes.values()].map((lane) => lane.state());
  }

  /** Waits for the lane's allowance and the end of its pause. What comes back is how long that would still take; 0: it is time. */
  private async turn(lane: OpenLane, untilMs: number, signal: AbortSignal | undefined): Promise<number> {
    const leftMs = (): number => untilMs - performance.now();
    let waitMs = lane.reserve(this.nowMs(), leftMs());
    while (waitMs > 0 && waitMs <= leftMs() && signal?.aborted !== true) {
      await this.sleep(waitMs, signal);
      // Another call may have been asked for a pause in the meantime.
      waitMs = lane.pauseLeftMs(this.nowMs());
    }
    return waitMs;
  }

  private async send(lane: OpenLane, request: OutboundRequest, host: string): Promise<Outcome> {
    const admission = lane.admit(this.nowMs());
    if (!admission.admitted) return heldBack(host, admission.retryAfterMs);
    const outcome = await this.inner.call(request);
    lane.learn(outcome, admission.circuit.generation, this.nowMs());
    return outcome;
  }

  private laneOf(lane: Lane): OpenLane {
    const known = this.lanes.get(lane.name);
    if (known !== undefined) {
      known.limit(lane);
      return known;
    }
    const opened = new OpenLane(lane, this.nowMs(), this.options.circuit, (change) => this.options.onCircuitChange?.(change));
    if (this.lanes.size >= LANES_MAX) this.forgetIdle();
    this.lanes.set(lane.name, opened);
    return opened;
  }

  private forgetIdle(): void {
    const nowMs = this.nowMs();
    for (const [name, lane] of this.lanes) if (lane.isIdle(nowMs)) this.lanes.delete(name);
  }

  private nowMs(): number {
    return this.options.now().getTime();
  }
}

function heldBack(host: string, retryAfterMs: number): HeldBack {
  return { kind: 'held-back', arrived: 'no', answer: null, retryAfterMs, host, detail: 'Calls to the server wait: it failed lately, asked for a pause, or as many are before this one as may go.' };
}

function cancelled(host: string): Outcome {
  return notSent('cancelled', 'The call was given up.', host);
}
