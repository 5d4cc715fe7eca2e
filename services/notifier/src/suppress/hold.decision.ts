import type { Letter } from '../letters/letter.js';
import { isLetter } from '../letters/letter.js';
import type { Notification, PlannedNotification, Suppressed, Told } from '../notification/notification.js';
import type { Match, Suppression, SuppressionState } from './suppression.js';

/** What a suppression asks of a message. */
export interface HoldFacts {
  readonly destination: string;
  readonly address: string | null;
  readonly channel: string;
  /** `null` for a message that is about no ticket. */
  readonly queue: string | null;
  readonly offerId: string | null;
  readonly severity: 'A' | 'B' | 'C' | null;
  /** That nobody acknowledged a ticket at all: the last who are asked. */
  readonly isLastResort: boolean;
}

export function factsOf({ destination, target }: Notification, told: Told | Letter): HoldFacts {
  const where = { destination, address: target.address, channel: target.channel };
  if (isLetter(told)) return { ...where, queue: null, offerId: told.about === 'health-notice' ? told.offerId : null, severity: null, isLastResort: false };
  return { ...where, queue: told.decision.queue, offerId: told.ticket.offerId, severity: told.ticket.severity, isLastResort: told.escalation === 'operations' };
}

/** When it ends, or ended: RFC 3339, exclusive. */
export function endOf({ until, ended }: Suppression): string {
  return ended !== null && Date.parse(ended.at) < Date.parse(until) ? ended.at : until;
}

/** @param at RFC 3339 */
export function stateAt(suppression: Suppression, at: string): SuppressionState {
  if (Date.parse(endOf(suppression)) <= Date.parse(at)) return 'ended';
  return Date.parse(suppression.from) <= Date.parse(at) ? 'in-force' : 'scheduled';
}

/** Whether a suppression is about this message, whenever it holds. */
export function isAbout({ match, includesSeverityA }: Suppression, facts: HoldFacts): boolean {
  if (facts.severity === 'A' && !includesSeverityA) return false;
  // Nobody else is asked after operations: only who silences that contact itself may silence this.
  if (facts.isLastResort && match.destination === undefined && match.address === undefined) return false;
  return (match.everything === true || isNarrowed(match)) && fits(match, facts);
}

/** The suppression that holds a message at a time (RFC 3339): of several the one that ends last. `null`: it is sent. */
export function holderOf(facts: HoldFacts, suppressions: readonly Suppression[], at: string): Suppression | null {
  const holders = suppressions.filter((suppression) => stateAt(suppression, at) === 'in-force' && isAbout(suppression, facts));
  return holders.sort((a, b) => Date.parse(endOf(b)) - Date.parse(endOf(a)) || (a.suppressionId < b.suppressionId ? -1 : 1))[0] ?? null;
}

/** A planned message as the suppressions in force leave it: what cannot be sent anyway stays as it is. */
export function heldBack(planned: PlannedNotification, told: Told | Letter, { suppressions, at }: { readonly suppressions: readonly Suppression[]; readonly at: string }): PlannedNotification {
  if (planned.planned.state !== 'pending' || suppressions.length === 0) return planned;
  const holder = holderOf(factsOf(planned, told), suppressions, at);
  return holder === null ? planned : { ...planned, planned: heldBy(holder) };
}

export function heldBy(suppression: Suppression): Suppressed {
  const { suppressionId, author, reason } = suppression;
  const until = endOf(suppression);
  return { state: 'suppressed', code: 'held', detail: `Held until ${until} by a suppression of ${author}: ${reason}`, heldBy: { suppressionId, until } };
}

function isNarrowed({ destination, address, channel, queue, offerId }: Match): boolean {
  return [destination, address, channel, queue, offerId].some((named) => named !== undefined);
}

function fits({ destination, address, channel, queue, offerId }: Match, facts: HoldFacts): boolean {
  return (destination ?? facts.destination) === facts.destination
    && (address === undefined || address.toLowerCase() === facts.address?.toLowerCase())
    && (channel ?? facts.channel) === facts.channel
    && (queue === undefined || queue === facts.queue)
    && (offerId === undefined || offerId === facts.offerId);
}
