/** When a circuit opens, and for how long. */
export interface CircuitRules {
  /** It opens after so many failures one after another. */
  readonly failuresInRow: number;
  /** Or when at least this share of calls failed, 0 to 1, */
  readonly failureShare: number;
  /** of at least so many, */
  readonly callsMin: number;
  /** within this time. */
  readonly windowMs: number;
  /** How long it stays open; doubled each time that a probe fails, */
  readonly openMs: number;
  /** up to this. */
  readonly openMsMax: number;
  /** A probe that has not ended within this time counts as lost, and the next call is one. */
  readonly probeMsMax: number;
}

export const CIRCUIT_RULES: CircuitRules = { failuresInRow: 5, failureShare: 0.5, callsMin: 20, windowMs: 60_000, openMs: 10_000, openMsMax: 300_000, probeMsMax: 30_000 };

/**
 * - `closed`: calls go.
 * - `open`: none goes until `untilMs`.
 * - `half-open`: one went to probe; the others wait for what becomes of it.
 *
 * Each change begins a new generation: what is told of a call of an earlier one changes nothing any more.
 */
export type Circuit = { readonly generation: number } & (
  | { readonly state: 'closed'; readonly failuresInRow: number; readonly calls: number; readonly failures: number; readonly windowEndsAtMs: number }
  | { readonly state: 'open'; readonly untilMs: number; readonly openMs: number }
  | { readonly state: 'half-open'; readonly probeUntilMs: number; readonly openMs: number });

export type CallResult = 'success' | 'failure' | 'neutral';

export type Admission = { readonly admitted: true; readonly circuit: Circuit } | { readonly admitted: false; readonly retryAfterMs: number };

export function newCircuit(nowMs: number, { windowMs }: CircuitRules): Circuit {
  return closedFrom(0, nowMs, windowMs);
}

/** Whether a call may go now. The circuit that comes back is the one to keep; its generation belongs to the call. */
export function admit(circuit: Circuit, nowMs: number, { probeMsMax }: CircuitRules): Admission {
  if (circuit.state === 'closed') return { admitted: true, circuit };
  const waitMs = (circuit.state === 'open' ? circuit.untilMs : circuit.probeUntilMs) - nowMs;
  if (waitMs > 0) return { admitted: false, retryAfterMs: Math.min(waitMs, circuit.openMs) };
  return { admitted: true, circuit: { state: 'half-open', generation: circuit.generation + 1, openMs: circuit.openMs, probeUntilMs: nowMs + probeMsMax } };
}

/** The circuit after a call of `generation` ended. */
export function settle(circuit: Circuit, { generation, result, nowMs }: { readonly generation: number; readonly result: CallResult; readonly nowMs: number }, rules: CircuitRules): Circuit {
  if (generation !== circuit.generation || circuit.state === 'open') return circuit;
  const opened = (openMs: number): Circuit => ({ state: 'open', generation: generation + 1, untilMs: nowMs + openMs, openMs });
  if (circuit.state === 'half-open') {
    switch (result) {
      case 'success': return closedFrom(generation + 1, nowMs, rules.windowMs);
      case 'failure': return opened(Math.min(circuit.openMs * 2, rules.openMsMax));
      // It says nothing about the server: the next call is the probe.
      case 'neutral': return { state: 'open', generation: generation + 1, untilMs: nowMs, openMs: circuit.openMs };
    }
  }
  if (result === 'neutral') return circuit;
  const { failuresInRow, calls, failures, windowEndsAtMs } = nowMs < circuit.windowEndsAtMs ? circuit : { ...circuit, calls: 0, failures: 0, windowEndsAtMs: nowMs + rules.windowMs };
  const failed = result === 'failure' ? 1 : 0;
  const counted = { failuresInRow: failed * (failuresInRow + 1), calls: calls + 1, failures: failures + failed };
  return failed === 1 && isTooMuch(counted, rules) ? opened(rules.openMs) : { state: 'closed', generation, ...counted, windowEndsAtMs };
}

function isTooMuch({ failuresInRow, calls, failures }: { readonly failuresInRow: number; readonly calls: number; readonly failures: number }, rules: CircuitRules): boolean {
  return failuresInRow >= rules.failuresInRow || (calls >= rules.callsMin && failures / calls >= rules.failureShare);
}

function closedFrom(generation: number, nowMs: number, windowMs: number): Circuit {
  return { state: 'closed', generation, failuresInRow: 0, calls: 0, failures: 0, windowEndsAtMs: nowMs + windowMs };
}
