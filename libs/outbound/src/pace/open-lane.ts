import type { Lane, Outcome } from '../outbound.js';
import { type Reservation, reserve } from './allowance.decision.js';
import { type Admission, admit, type Circuit, type CircuitRules, newCircuit, settle } from './circuit.decision.js';
import { pauseMsOf } from './pause.decision.js';
import { Places } from './places.js';
import { resultOf } from './result.decision.js';

/** A lane as it is now. */
export interface LaneState {
  readonly name: string;
  readonly circuit: Circuit['state'];
  readonly underWay: number;
  readonly waiting: number;
  /** Epoch milliseconds; in the past: it is not paused. */
  readonly pausedUntilMs: number;
}

export interface CircuitChange {
  readonly lane: string;
  readonly from: Circuit['state'];
  readonly to: Circuit['state'];
}

/** What is remembered of a lane between its calls. */
export class OpenLane {
  readonly places = new Places();
  private circuit: Circuit;
  private spentUntilMs = 0;
  private pausedUntilMs = 0;

  constructor(private lane: Lane, nowMs: number, private readonly rules: CircuitRules, private readonly onChange: (change: CircuitChange) => void) {
    this.circuit = newCircuit(nowMs, rules);
  }

  get concurrentMax(): number {
    return this.lane.concurrentMax ?? Infinity;
  }

  /** Its limits are those of the latest call. */
  limit(lane: Lane): void {
    this.lane = lane;
  }

  /** Nothing of it would be missed. */
  isIdle(nowMs: number): boolean {
    return this.places.inUse === 0 && this.circuit.state === 'closed' && Math.max(this.pausedUntilMs, this.spentUntilMs) <= nowMs;
  }

  state(): LaneState {
    return { name: this.lane.name, circuit: this.circuit.state, underWay: this.places.inUse, waiting: this.places.waiting, pausedUntilMs: this.pausedUntilMs };
  }

  /** Whether the circuit would let a call go, without letting it. */
  look(nowMs: number): Admission {
    return admit(this.circuit, nowMs, this.rules);
  }

  /** Lets a call go, if the circuit does. What comes back is needed to say how it ended. */
  admit(nowMs: number): Admission {
    const admission = this.look(nowMs);
    if (admission.admitted) this.keep(admission.circuit);
    return admission;
  }

  pauseLeftMs(nowMs: number): number {
    return Math.max(0, this.pausedUntilMs - nowMs);
  }

  /** How long until the pause is over and there is an allowance for one more call; takes it if that is within `waitMsMax`. */
  reserve(nowMs: number, waitMsMax: number): number {
    const { requestsASecondMax, burstMax = 1 } = this.lane;
    const from = nowMs + this.pauseLeftMs(nowMs);
    const taken: Reservation = requestsASecondMax === undefined ? { waitMs: 0, spentUntilMs: 0 } : reserve(this.spentUntilMs, from, { requestsASecondMax, burstMax });
    const waitMs = from - nowMs + taken.waitMs;
    if (waitMs <= waitMsMax) this.spentUntilMs = taken.spentUntilMs;
    return waitMs;
  }

  /** Learns from what came of a call that was admitted. */
  learn(outcome: Outcome, generation: number, nowMs: number): void {
    this.keep(settle(this.circuit, { generation, result: resultOf(outcome), nowMs }, this.rules));
    const pauseMs = outcome.answer === null ? 0 : pauseMsOf(outcome.answer, nowMs);
    if (pauseMs > 0) this.pausedUntilMs = Math.max(this.pausedUntilMs, nowMs + pauseMs);
  }

  private keep(circuit: Circuit): void {
    const from = this.circuit.state;
    this.circuit = circuit;
    if (from !== circuit.state) this.onChange({ lane: this.lane.name, from, to: circuit.state });
  }
}
