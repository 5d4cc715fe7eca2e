import type { Transaction } from '@handoff/messaging';
import type { PlannedNotification } from '../notification/notification.js';
import type { PlanStore } from '../plan-notifications/plan.store.js';
import type { Letter } from './letter.js';
import { letterSubjectOf } from './letter-message.decision.js';

/** A letter, and which messages carry it. */
export interface LetterPlan {
  readonly letter: Letter;
  /** @param plannedVersion highest of its thread planned so far; 0: none */
  readonly carriedBy: (plannedVersion: number) => readonly PlannedNotification[];
}

export interface LetterPorts {
  readonly plans: PlanStore;
  /** The process that plans. */
  readonly owner: string;
  /** Something is due. */
  readonly wake: () => void;
}

/** Keeps letters with their messages, and returns those. They are sent as everything that waits in the store, after commit. */
export async function keepLetters(tx: Transaction, letters: readonly LetterPlan[], { plans, owner, wake, now }: LetterPorts & { readonly now: Date }): Promise<readonly PlannedNotification[]> {
  const told = new Map<string, { ticketId: string; subjectLine: string; version: number }>();
  for (const { letter } of letters) {
    const { ticketId, ticketVersion } = letter;
    told.set(ticketId, { ticketId, subjectLine: told.get(ticketId)?.subjectLine ?? letterSubjectOf(letter), version: Math.max(told.get(ticketId)?.version ?? 0, ticketVersion) });
  }
  const threads = new Map(await plans.lockThreads(tx, [...told.values()]));
  const notifications: PlannedNotification[] = [];
  for (const { letter: { ticketId, ticketVersion }, carriedBy } of letters) {
    const thread = threads.get(ticketId);
    notifications.push(...carriedBy(thread?.plannedVersion ?? 0));
    if (thread !== undefined) threads.set(ticketId, { ...thread, plannedVersion: Math.max(thread.plannedVersion, ticketVersion) });
  }
  await plans.save(tx, {
    threads: [...threads.values()].filter(({ isNew }) => !isNew), routed: letters.map(({ letter }) => letter), notifications, owner, handOffIds: new Set(), newTicketIds: new Set(), now,
  });
  tx.afterCommit(wake);
  return notifications;
}
