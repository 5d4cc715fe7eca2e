import { nameBasedId } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { keepLetters, type LetterPorts } from '../letters/keep-letters.js';
import type { SuppressionLetter } from '../letters/letter.js';
import type { PlannedNotification } from '../notification/notification.js';
import { endOf } from './hold.decision.js';
import { matchWords } from './suppression-words.js';
import type { SuppressionStore } from './suppression.store.js';
import type { Suppression } from './suppression.js';

export interface WarnPorts extends LetterPorts {
  readonly suppressions: SuppressionStore;
  readonly warningMinutes: number;
  /** Who looks after the installation; `null`: only the author is warned. */
  readonly operationsMail: string | null;
}

const MINUTE_MS = 60_000;

/** Says once that a suppression is about to end: to its author and to operations. */
export class WarnOfEndHandler {
  constructor(private readonly ports: WarnPorts) {}

  /** @returns the suppression that was warned of; `null`: there is none. */
  async handle(tx: Transaction, now: Date): Promise<Suppression | null> {
    const { suppressions, warningMinutes, operationsMail } = this.ports;
    const suppression = await suppressions.takeWarning(tx, now, warningMinutes * MINUTE_MS);
    if (suppression === null) return null;
    const held = (await suppressions.held(tx, [suppression.suppressionId])).get(suppression.suppressionId) ?? 0;
    const letter = letterOf(suppression, held);
    const addresses = [...new Map([suppression.authorEmail, operationsMail].filter((address) => address !== null).map((address) => [address.toLowerCase(), address])).values()];
    await keepLetters(tx, [{ letter, carriedBy: () => addresses.map((address) => warningTo(address, letter)) }], { ...this.ports, now });
    return suppression;
  }
}

function letterOf(suppression: Suppression, held: number): SuppressionLetter {
  const { suppressionId, match, reason, author } = suppression;
  return { about: 'suppression', ticketId: nameBasedId('suppression-warning', suppressionId), ticketVersion: 1, suppressionId, what: matchWords(match), reason, author, until: endOf(suppression), held };
}

function warningTo(address: string, { ticketId, ticketVersion, suppressionId }: SuppressionLetter): PlannedNotification {
  const lane = `mail:${address.toLowerCase()}`;
  return {
    notificationId: nameBasedId('suppression-warning', suppressionId, lane), about: 'suppression', ticketId, ticketVersion, destination: OPERATIONS, partyName: null, purpose: 'inform', lane, traceparent: null,
    target: { channel: 'mail', channelId: null, address }, planned: { state: 'pending' },
    addressee: { purposes: ['inform'], party: null, contactKind: 'operations', name: null, email: address, mayContact: [] },
  };
}

/** Where messages to those who look after the installation are counted; no queue. */
const OPERATIONS = 'operations';
