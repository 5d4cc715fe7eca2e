import type { Transaction } from '@handoff/messaging';
import { keepLetters, type LetterPorts } from '../letters/keep-letters.js';
import { outcomeEvents } from '../notification/notification.events.js';
import { releaseOf } from './release.decision.js';
import type { SuppressionStore } from './suppression.store.js';

export interface ReleasePorts extends LetterPorts {
  readonly suppressions: SuppressionStore;
  readonly singleMessagesMax: number;
}

/** Messages to one address that are settled in one transaction; a summary tells so many at most. */
export const HELD_AT_ONCE_MAX = 2_000;

/** Tells what an ended suppression has held for one address. */
export class ReleaseHeldHandler {
  constructor(private readonly ports: ReleasePorts) {}

  /**
   * @param passedOver suppressions that could not be settled a moment ago
   * @param onTaken hears which one is in hand
   * @returns how many messages were settled; 0: there is none
   */
  async handle(tx: Transaction, now: Date, { passedOver, onTaken }: { readonly passedOver: readonly string[]; readonly onTaken: (suppressionId: string) => void } = { passedOver: [], onTaken: () => undefined }): Promise<number> {
    const { suppressions, singleMessagesMax } = this.ports;
    const group = await suppressions.takeEnded(tx, now, HELD_AT_ONCE_MAX, passedOver);
    if (group === null) return 0;
    onTaken(group.suppression.suppressionId);
    const at = now.toISOString();
    const { outcome, summary } = releaseOf(group, { suppressions: await suppressions.open(tx, now), at, singleMessagesMax });
    if (summary !== null) await keepLetters(tx, [{ letter: summary.letter, carriedBy: () => [summary.notification] }], { ...this.ports, now });
    await suppressions.settle(tx, outcome, now);
    const reasons = new Map(outcome.suppressed.map(({ notificationId, suppressed }) => [notificationId, suppressed]));
    await tx.outbox.add(group.held.flatMap(({ notification, told }) => {
      const suppressed = reasons.get(notification.notificationId);
      return suppressed === undefined ? [] : outcomeEvents(notification, told, { attempts: 0, at, outcome: suppressed });
    }));
    tx.afterCommit(this.ports.wake);
    return group.held.length;
  }
}
