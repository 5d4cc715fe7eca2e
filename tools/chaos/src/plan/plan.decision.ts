import { type Dice, diceOf } from '../dice.js';
import { ENGINES, type Fault, LINKS, type Mishap, type Plan, SERVICES } from './fault.js';

type Kind = Mishap['kind'];

/** Each kind comes as often as it stands here before any comes again more often. */
const DECK: readonly Kind[] = [
  'kill', 'kill', 'kill', 'pause', 'pause', 'kill-engine', 'kill-engine', 'restart-engine', 'engine-away', 'cut', 'cut', 'cut', 'stall', 'stall',
  'delay', 'delay', 'lose-answers', 'lose-answers', 'lose-answers', 'refuse-writes', 'refuse-writes', 'duplicate', 'reorder', 'poison-unreadable', 'poison-failing',
];
const FIRST_MS = 5_000;
/** Webhooks still come for a while after the last fault. */
const CALM_AT_END_MS = 10_000;
const GAP_MS = { min: 2_000, max: 8_000 } as const;
/** Whoever died is left alone for so long, so that it does more than start. */
const RECOVERY_MS = 15_000;
const ENGINE_RECOVERY_MS = 20_000;

/** What goes wrong when and on whom: all of it follows from the seed and the time that there is. */
export function planOf({ seed, minutes }: { readonly seed: number; readonly minutes: number }): Plan {
  const dice = diceOf(seed);
  const loadMs = minutes * 60_000;
  const faults: Fault[] = [];
  const freeAtMs = new Map<string, number>();
  let deck: Kind[] = [];
  for (let atMs = FIRST_MS; atMs < loadMs - CALM_AT_END_MS; atMs += dice.between(GAP_MS.min, GAP_MS.max)) {
    if (deck.length === 0) deck = dice.shuffled(DECK);
    const at = deck.findIndex((kind) => candidates(kind).some((on) => (freeAtMs.get(placeOf(kind, on)) ?? 0) <= atMs));
    const [kind] = deck.splice(Math.max(0, at), 1);
    if (kind === undefined || at < 0) continue;
    const on = dice.pick(candidates(kind).filter((target) => (freeAtMs.get(placeOf(kind, target)) ?? 0) <= atMs));
    const fault: Fault = { ...mishapOf(kind, on, dice), atMs };
    if (atMs + fault.lastsMs > loadMs) continue;
    faults.push(fault);
    freeAtMs.set(placeOf(kind, on), atMs + fault.lastsMs + recoveryMsOf(kind));
  }
  return { seed, loadMs, faults };
}

/** On whom it can come. */
function candidates(kind: Kind): readonly string[] {
  switch (kind) {
    case 'kill': return SERVICES;
    case 'pause': return [...SERVICES, 'kafka'];
    case 'kill-engine': case 'restart-engine': case 'engine-away': return ENGINES;
    case 'cut': case 'stall': case 'delay': case 'lose-answers': return LINKS;
    case 'refuse-writes': return LINKS.filter((link) => link.endsWith('-kafka'));
    case 'duplicate': case 'reorder': return ['webhooks'];
    case 'poison-unreadable': case 'poison-failing': return ['handoff.intake'];
  }
}

function mishapOf(kind: Kind, on: string, dice: Dice): Mishap {
  const lastsMs = dice.between(3_000, 12_000);
  switch (kind) {
    case 'kill': case 'kill-engine': case 'restart-engine': case 'poison-unreadable': case 'poison-failing': return { kind, on, lastsMs: 0 } as Mishap;
    case 'delay': return { kind, on, lastsMs, byMs: dice.between(50, 800) } as Mishap;
    // Long enough that both spool and outbox hold hundreds of events.
    case 'engine-away': return { kind, on, lastsMs: dice.between(10_000, 25_000) } as Mishap;
    // Some longer than the session of a consumer, which is 10 s.
    case 'pause': return { kind, on, lastsMs: dice.between(2_000, 15_000) } as Mishap;
    case 'cut': case 'stall': case 'lose-answers': case 'refuse-writes': case 'duplicate': case 'reorder': return { kind, on, lastsMs } as Mishap;
  }
}

/** Two faults at one place would hide each other. */
function placeOf(kind: Kind, on: string): string {
  switch (kind) {
    case 'kill': case 'pause': case 'kill-engine': case 'restart-engine': case 'engine-away': return on;
    case 'cut': case 'stall': case 'delay': case 'lose-answers': case 'refuse-writes': return on;
    case 'duplicate': case 'reorder': return `${kind} ${on}`;
    case 'poison-unreadable': case 'poison-failing': return `${kind} ${on}`;
  }
}

function recoveryMsOf(kind: Kind): number {
  switch (kind) {
    case 'kill-engine': case 'restart-engine': case 'engine-away': return ENGINE_RECOVERY_MS;
    case 'kill': case 'pause': return RECOVERY_MS;
    case 'cut': case 'stall': case 'delay': case 'lose-answers': case 'refuse-writes': return 2_000;
    case 'duplicate': case 'reorder': case 'poison-unreadable': case 'poison-failing': return 0;
  }
}
