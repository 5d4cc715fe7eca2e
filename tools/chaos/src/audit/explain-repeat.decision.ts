import type { FaultWindow } from '../plan/fault.js';

/** Two arrivals of one message at its contact's system, one after the other. */
export interface Repeat {
  readonly firstAtMs: number;
  readonly againAtMs: number;
}

/** The notifier waits so long for an answer (`SEND_TIMEOUT_MS`). */
const SEND_MS_MAX = 10_000;
/** Clocks of one machine are the same; what is noted may be noted a moment late. */
const SLACK_MS = 1_000;
/** So long after an answer its outcome is in the database, as long as that takes anything. */
const RECORD_MS_MAX = 2_000;

/**
 * The fault that explains why a message was sent again: its answer was lost, or the process died before it wrote down the answer.
 * `null`: nothing does. Faults of PostgreSQL alone explain nothing, since outcomes are then kept until they can be written down.
 */
export function whyRepeated(repeat: Repeat, faults: readonly FaultWindow[]): FaultWindow | null {
  const [deaths, others] = [faults.filter(({ kind }) => kind === 'kill'), faults.filter(({ kind }) => kind !== 'kill')];
  return [...deaths, ...others].find((fault) => explains(fault, repeat, faults)) ?? null;
}

function explains(fault: FaultWindow, { firstAtMs, againAtMs }: Repeat, faults: readonly FaultWindow[]): boolean {
  if (againAtMs < fault.fromMs) return false;
  if (fault.on === 'notifier' && fault.kind === 'kill') return wasUnrecorded(firstAtMs, fault.fromMs, faults);
  // Delays are far shorter than the notifier waits.
  if (fault.kind === 'delay') return false;
  // A process that stands still hears no answer in time.
  return (fault.on === 'notifier' || fault.on === 'notifier-sink') && overlaps(fault, firstAtMs, firstAtMs + SEND_MS_MAX);
}

/** Whether what arrived then may still have been in hand when the process died: sent a moment before, or kept because the database took nothing. */
function wasUnrecorded(firstAtMs: number, diedAtMs: number, faults: readonly FaultWindow[]): boolean {
  if (firstAtMs > diedAtMs + SLACK_MS) return false;
  if (firstAtMs >= diedAtMs - RECORD_MS_MAX - SLACK_MS) return true;
  return faults.some((fault) => holdsUpRecording(fault) && overlaps(fault, firstAtMs, firstAtMs + RECORD_MS_MAX));
}

function holdsUpRecording({ kind, on }: FaultWindow): boolean {
  return on === 'notifier-postgres' || on === 'postgres' || (kind === 'pause' && on === 'notifier') || on === 'notifier-sink';
}

function overlaps({ fromMs, toMs }: FaultWindow, sinceMs: number, untilMs: number): boolean {
  return fromMs <= untilMs + SLACK_MS && toMs >= sinceMs - SLACK_MS;
}
