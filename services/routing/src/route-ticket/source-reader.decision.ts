import type { Party, SourceReader } from '@handoff/contracts';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import type { Ticket, TicketState } from '../tickets/ticket.js';
import type { DirectorySlice } from '../directory/directory.js';
import type { Decision } from '@handoff/matrix';
import { subjectOf } from './question.decision.js';
import { contactsFor, type Sending } from './recipients.decision.js';

/** Who reads a ticket in the system that it came from: the owner of the source, or where nobody owns it a customer, who is shown least. */
export function sourceReaderOf(sending: Sending): SourceReader {
  const party = ownerOf(sending.ticket, sending.directory);
  const { partyId = null } = party;
  const owner = partyId === null ? undefined : party.role === 'isv-publisher' ? sending.directory.publishers.get(partyId) : sending.directory.partners.get(partyId);
  return { party, partyName: owner?.name ?? null, ...(owner?.language == null ? {} : { language: owner.language }), mayContact: contactsFor(sending, party.role) };
}

/** The same of a ticket as it is stored. */
export function storedSourceReaderOf({ state, decision }: Pick<Ticket, 'state' | 'decision'>, directory: DirectorySlice): SourceReader {
  return sourceReaderOf(sendingOf({ state, decision }, directory));
}

/** What is stored is the matrix's answer, with what only routing knows added to it. */
export function sendingOf({ state, decision }: Pick<Ticket, 'state' | 'decision'>, directory: DirectorySlice): Sending {
  const ticket = withDefaults(state);
  return { ticket, decision: decision as Ticket['decision'] & Decision, directory, offerId: subjectOf(ticket, directory).offerId };
}

function ownerOf({ sourceParty }: TicketState, { partners }: DirectorySlice): Party & { readonly partyId?: string | null } {
  const [kind, partyId = null] = sourceParty?.split('/') ?? [];
  if (kind === 'isv') return { role: 'isv-publisher', partyId };
  if (kind !== 'partner' || partyId === null) return { role: 'customer', partyId: null };
  return { role: partners.get(partyId)?.model ?? 'indirect-reseller', partyId };
}
