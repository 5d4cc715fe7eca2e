import { AuthorizedOutbound } from './authorize/authorized.outbound.js';
import { FollowingOutbound } from './follow/following.outbound.js';
import { GuardedOutbound, type OutboundOptions } from './guarded.outbound.js';
import type { Outbound, OutboundRequest, Outcome } from './outbound.js';
import { CIRCUIT_RULES, type CircuitRules } from './pace/circuit.decision.js';
import type { CircuitChange, LaneState } from './pace/open-lane.js';
import { PacedOutbound } from './pace/paced.outbound.js';

export interface OpenOutboundOptions extends OutboundOptions {
  /** Without it calls go at once: lanes have neither limits nor circuits. */
  readonly pace?: {
    readonly circuit?: Partial<CircuitRules>;
    /** How long a call may wait for its turn before it is held back. */
    readonly waitMsMax: number;
  };
  readonly observer?: OutboundObserver;
}

/** Hears of every call, for metrics and logs. */
export interface OutboundObserver {
  onOutcome(outcome: Outcome, durationMs: number): void;
  onCircuitChange(change: CircuitChange): void;
}

export interface OpenOutbound extends Outbound {
  lanes(): readonly LaneState[];
  /** Ends what is under way as `cancelled`. */
  close(): Promise<void>;
}

/** The client of a process. Who we are is added first, then a call waits for its turn, and each step of it goes to a judged destination. */
export function openOutbound(options: OpenOutboundOptions): OpenOutbound {
  const { pace, observer, now = () => new Date() } = options;
  const guarded = new GuardedOutbound(options);
  const following = new FollowingOutbound(guarded);
  const paced = pace === undefined ? null : new PacedOutbound(following, {
    circuit: { ...CIRCUIT_RULES, ...pace.circuit }, waitMsMax: pace.waitMsMax, now, onCircuitChange: (change) => observer?.onCircuitChange(change),
  });
  const authorized = new AuthorizedOutbound(paced ?? following, now);
  const timed = (request: OutboundRequest): Promise<Outcome> => authorized.call({ ...request, timeoutMs: Math.min(request.timeoutMs ?? Infinity, guarded.limits.timeoutMs) });
  return {
    call: observer === undefined ? timed : async (request) => {
      const startedMs = performance.now();
      const outcome = await timed(request);
      observer.onOutcome(outcome, performance.now() - startedMs);
      return outcome;
    },
    lanes: () => paced?.states() ?? [],
    close: () => guarded.close(),
  };
}
