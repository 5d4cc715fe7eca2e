import type { Reason } from '@handoff/contracts';
import type { ContactKind, Decision, Party } from '@handoff/matrix';
import type { DirectorySlice, Listing } from '../directory/directory.js';
import { subjectOf } from '../route-ticket/question.decision.js';
import type { Reassignment, TicketState } from '../tickets/ticket.js';
import { partnerIn, type Taker, takersOf } from './takers.decision.js';

/** What the rules answer by themselves, in short. While it is the same, nothing has answered the person who moved the ticket. */
export function rulesSay({ queue, responsible, firstContact }: Pick<Decision, 'queue' | 'responsible' | 'firstContact'>): string {
  return JSON.stringify([queue, responsible, firstContact]);
}

/** The person's word, as far as it still stands: the rules answer as they did when it was given, and the taker may have the ticket. */
export function standingTaker(ticket: TicketState, directory: DirectorySlice, answer: Decision): Taker | null {
  const { reassigned } = ticket;
  if (reassigned === undefined || reassigned.over !== rulesSay(answer)) return null;
  return takersOf(ticket, directory, partnerIn(reassigned.to)).find(({ to }) => to === reassigned.to) ?? null;
}

/**
 * The answer of the rules with the ticket in other hands. Who may see which contact stays as the rules have it, for that depends on
 * who reads and not on who acts. A partner that was to act is told, as are those who would have been.
 */
export function handedTo<A extends Decision>(answer: A, { responsible, first }: Taker, facts: { readonly ticket: TicketState; readonly directory: DirectorySlice }): A {
  const isTaker = (party: Party): boolean => isSame(party, first);
  const formerPartner = answer.firstContact !== null && answer.firstContact.role !== 'microsoft' && answer.firstContact.role !== 'isv-publisher' ? [answer.firstContact] : [];
  const informed = [...answer.informed, ...formerPartner].filter((party) => !isTaker(party));
  return {
    ...answer, responsible: responsible as Party, firstContact: first, accountable: null, handsOver: responsible.role === 'microsoft' ? first : null,
    informed: informed.filter((party, index) => informed.findIndex((other) => isSame(other, party)) === index),
    escalation: answer.escalation.filter((party) => !isTaker(party)),
    reachedBy: first.role === 'isv-publisher' ? (answer.reachedBy ?? answer.escalationContact ?? firstListed(facts)) : null,
    queue: `${first.role === 'isv-publisher' ? 'isv' : 'partner'}/${first.partyId ?? ''}`, attachedTo: null, stays: false, informationOnly: false,
  };
}

/** Why the ticket is not where the rules would have it. `reassigned` is the word that stands. */
export function reassignedReason({ by, at }: Reassignment): Reason {
  const source = 'Handoff default, where the guidance is silent';
  return by === null
    ? { code: 'reassigned-by-person', text: `A person moved the ticket at ${at}; by the rules it would be with others.`, source, message: 'reassigned-by-person.unnamed', params: { at } }
    : { code: 'reassigned-by-person', text: `${by} moved the ticket at ${at}; by the rules it would be with others.`, source, message: 'reassigned-by-person', params: { by, at } };
}

const LISTED: readonly (readonly [ContactKind, keyof Listing])[] = [['customer-support', 'supportContact'], ['csp-program', 'cloudSolutionProviderContact'], ['engineering', 'engineeringContact']];

/** Where the rules chose no contact, as for a ticket without an area: the first that the offer lists with an address. */
function firstListed({ ticket, directory }: { readonly ticket: TicketState; readonly directory: DirectorySlice }): ContactKind | null {
  const listing = subjectOf(ticket, directory).offer?.listing;
  const found = LISTED.find(([, field]) => (listing?.[field] as { readonly email?: string } | undefined)?.email !== undefined);
  return found === undefined ? null : found[0];
}

function isSame(a: Party, b: Party): boolean {
  return a.role === b.role && ('partyId' in a ? a.partyId : null) === ('partyId' in b ? b.partyId : null);
}
