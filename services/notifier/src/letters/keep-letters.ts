import type { Transaction } from '@handoff/messaging';
import type { PlannedNotification } from '../notification/notification.js';
import type { PlanStore } from '../plan-notifications/plan.store.js';
import type { Letter } from './letter.js';
import { letterSubjectOf } from './letter-message.decision.js';

/** A letter with the messages that carry it; none where nobody can be reached. */
export interface PlannedLetter {
  readonly letter: Letter;
  readonly notifications: readonly PlannedNotification[];
}

export interface LetterPorts {
  readonly plans: PlanStore;
  /** The process that plans. */
  readonly owner: string;
  /** Something is due. */
  readonly wake: () => void;
}

/** Keeps letters with their messages. They are sent as everything that waits in the store, after commit. */
export async function keepLetters(tx: Transaction, letters: readonly PlannedLetter[], { plans, owner, wake, now }: LetterPorts & { readonly now: Date }): Promise<void> {
  const carried = letters.filter(({ notifications }) => notifications.length > 0);
  if (carried.length === 0) return;
  const latest = new Map<string, Letter>();
  for (const { letter } of carried) if ((latest.get(letter.ticketId)?.ticketVersion ?? 0) < letter.ticketVersion) latest.set(letter.ticketId, letter);
  const threads = await plans.lockThreads(tx, [...latest.values()].map((letter) => ({ ticketId: letter.ticketId, subjectLine: letterSubjectOf(letter), version: letter.ticketVersion })));
  const known = [...threads.values()].filter(({ isNew }) => !isNew).map(({ ticketId, plannedVersion }) => ({ ticketId, plannedVersion: Math.max(plannedVersion, latest.get(ticketId)?.ticketVersion ?? 0) }));
  await plans.save(tx, { threads: known, routed: carried.map(({ letter }) => letter), notifications: carried.flatMap(({ notifications }) => notifications), owner, handOffIds: new Set(), newTicketIds: new Set(), now });
  tx.afterCommit(wake);
}
