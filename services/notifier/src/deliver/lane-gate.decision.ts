import { admit, type CallResult, type Circuit, CIRCUIT_RULES, type CircuitRules, newCircuit, reserve, settle } from '@handoff/outbound';
import type { SendResult } from './delivery.store.js';

/** What stands between the messages to one address and that address. */
export interface LaneGate {
  readonly circuit: Circuit;
  /** Until then the receiver asked us to wait; epoch milliseconds. */
  readonly pausedUntilMs: number;
  /** When all messages that were sent will have come back to the allowance; epoch milliseconds. */
  readonly spentUntilMs: number;
}

export type GateAnswer =
  | { readonly isOpen: true; readonly gate: LaneGate; readonly generation: number; /** The limit of messages lets no other go at once. */ readonly isLast: boolean }
  /** Sooner it makes no sense to ask again. */
  | { readonly isOpen: false; readonly untilMs: number };

export interface GateFacts {
  readonly nowMs: number;
  /** `null`: as many as there are. */
  readonly messagesPerMinuteMax: number | null;
}

/** A message takes seconds where a call takes milliseconds, and costs its contact more: fewer failures are enough. */
export const GATE_RULES: CircuitRules = { ...CIRCUIT_RULES, failuresInRow: 3 };
const MINUTE_SECONDS = 60;
/** Failures that say something about the receiver, not about one message. */
const FAILURES: ReadonlySet<string | null> = new Set(['timeout', 'unreachable', 'server-error', 'deferred', 'throttled', 'redirected', 'malformed']);

export function newGate(nowMs: number): LaneGate {
  return { circuit: newCircuit(nowMs, GATE_RULES), pausedUntilMs: 0, spentUntilMs: 0 };
}

/** Whether a message may go to the address now. The gate that comes back is the one to keep. */
export function askGate(gate: LaneGate, { nowMs, messagesPerMinuteMax }: GateFacts): GateAnswer {
  if (gate.pausedUntilMs > nowMs) return { isOpen: false, untilMs: gate.pausedUntilMs };
  const admission = admit(gate.circuit, nowMs, GATE_RULES);
  if (!admission.admitted) return { isOpen: false, untilMs: nowMs + admission.retryAfterMs };
  const { circuit } = admission;
  const open = { isOpen: true, generation: circuit.generation } as const;
  if (messagesPerMinuteMax === null) return { ...open, gate: { ...gate, circuit }, isLast: false };
  const allowance = { requestsASecondMax: messagesPerMinuteMax / MINUTE_SECONDS, burstMax: messagesPerMinuteMax };
  const { waitMs, spentUntilMs } = reserve(gate.spentUntilMs, nowMs, allowance);
  if (waitMs > 0) return { isOpen: false, untilMs: nowMs + waitMs };
  return { ...open, gate: { ...gate, circuit, spentUntilMs }, isLast: reserve(spentUntilMs, nowMs, allowance).waitMs > 0 };
}

/** The gate after a message of `generation` was sent, or was not. */
export function gateAfter(gate: LaneGate, { generation, result, nowMs }: { readonly generation: number; readonly result: SendResult; readonly nowMs: number }): LaneGate {
  const askedUntilMs = 'attempt' in result && result.disposition.state === 'pending' ? result.disposition.askedUntilMs ?? 0 : 0;
  return { ...gate, circuit: settle(gate.circuit, { generation, result: callResultOf(result), nowMs }, GATE_RULES), pausedUntilMs: Math.max(gate.pausedUntilMs, askedUntilMs) };
}

/** The gate after a message was not sent after all: it says nothing about the address. */
export function gateUnused(gate: LaneGate, { generation, nowMs }: { readonly generation: number; readonly nowMs: number }): LaneGate {
  return { ...gate, circuit: settle(gate.circuit, { generation, result: 'neutral', nowMs }, GATE_RULES) };
}

/** Whether all is as with an address of which nothing is known, so that nothing needs to be remembered. */
export function isForgettable({ circuit, pausedUntilMs, spentUntilMs }: LaneGate, nowMs: number): boolean {
  return circuit.state === 'closed' && circuit.failuresInRow === 0 && (circuit.failures === 0 || circuit.windowEndsAtMs <= nowMs) && pausedUntilMs <= nowMs && spentUntilMs <= nowMs;
}

function callResultOf(result: SendResult): CallResult {
  if (!('attempt' in result)) return 'neutral';
  const { attempt: { outcome, code } } = result;
  if (outcome === 'delivered' || code === 'rejected') return 'success';
  return FAILURES.has(code) ? 'failure' : 'neutral';
}
