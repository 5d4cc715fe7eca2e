import { destinations, directory } from '../load/directory.js';
import type { Dice } from '../matrix/dice.js';
import { COMMON_WORDS, rareWordOf } from './history.js';

/** A kind of question that the pages of queues ask; each time about something else. */
export interface Question {
  readonly kind: string;
  /** How often it is asked among the others. */
  readonly weight: number;
  readonly path: (chance: Dice) => string;
}

const WORLD = directory();
const QUEUES = destinations(WORLD);
const SORTS = ['changed', 'opened', 'severity', 'due'] as const;
const PERIODS_DAYS = [1, 7, 30, 90, 365] as const;
const DAY_MS = 86_400_000;

function tickets(query: Readonly<Record<string, string>>): string {
  return `/api/tickets?${new URLSearchParams({ limit: '100', ...query }).toString()}`;
}

function overview(days: number, more: Readonly<Record<string, string>> = {}): string {
  const to = Date.now();
  return `/api/overview?${new URLSearchParams({ from: new Date(to - days * DAY_MS).toISOString(), to: new Date(to).toISOString(), zone: 'Europe/Istanbul', ...more }).toString()}`;
}

/** A ticket's number in its source, and its id where it is known. */
const externalId = (chance: Dice, count: number): string => `N-${String(chance.below(count)).padStart(7, '0')}`;

/** @param count tickets in the read model. */
export function questions(count: number): readonly Question[] {
  const queue = (chance: Dice): string => chance.pick(QUEUES);
  const offer = (chance: Dice): string => chance.pick(WORLD.offers).id;
  return [
    { kind: 'queues', weight: 15, path: () => '/api/queues' },
    ...SORTS.map((sort): Question => ({ kind: `queue-by-${sort}`, weight: 8, path: (chance) => tickets({ queue: queue(chance), sort }) })),
    ...SORTS.map((sort): Question => ({ kind: `all-by-${sort}`, weight: 3, path: () => tickets({ sort }) })),
    { kind: 'closed-of-queue', weight: 3, path: (chance) => tickets({ queue: queue(chance), state: 'closed' }) },
    { kind: 'by-severity', weight: 4, path: (chance) => tickets({ queue: queue(chance), severity: chance.pick(['A', 'B', 'C']), sort: 'due' }) },
    { kind: 'by-state', weight: 4, path: (chance) => tickets({ state: chance.pick(['received', 'waiting', 'escalated', 'acknowledged']), sort: chance.pick(SORTS) }) },
    { kind: 'by-partner', weight: 4, path: (chance) => tickets({ partner: queue(chance), sort: chance.pick(SORTS) }) },
    { kind: 'by-offer', weight: 4, path: (chance) => tickets({ offer: offer(chance), sort: chance.pick(SORTS) }) },
    { kind: 'undelivered', weight: 2, path: () => tickets({ isUndelivered: 'true' }) },
    { kind: 'text-common', weight: 6, path: (chance) => tickets({ text: chance.pick([...Object.keys(COMMON_WORDS), 'portal', 'contract']), sort: chance.pick(SORTS) }) },
    { kind: 'text-common-in-queue', weight: 3, path: (chance) => tickets({ text: chance.pick(Object.keys(COMMON_WORDS)), queue: queue(chance) }) },
    { kind: 'text-two-common', weight: 3, path: (chance) => tickets({ text: `${chance.pick(Object.keys(COMMON_WORDS))} ${chance.pick(['portal', 'update', 'contract', 'seats'])}` }) },
    { kind: 'text-rare', weight: 4, path: (chance) => tickets({ text: rareWordOf(chance.below(count)) }) },
    { kind: 'text-common-and-rare', weight: 2, path: (chance) => tickets({ text: `sign ${rareWordOf(chance.below(count))}` }) },
    { kind: 'text-id', weight: 5, path: (chance) => tickets({ text: externalId(chance, count) }) },
    { kind: 'text-none', weight: 2, path: (chance) => tickets({ text: `qq${chance.below(1_000_000)}` }) },
    ...PERIODS_DAYS.map((days): Question => ({ kind: `overview-${days}d`, weight: 1, path: () => overview(days) })),
    { kind: 'overview-of-queue', weight: 1, path: (chance) => overview(30, { queue: queue(chance) }) },
  ];
}
