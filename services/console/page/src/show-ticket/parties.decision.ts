import type { Decision, Party, Role } from '@handoff/contracts';
import type { ShownTicket } from '../api/server-types.js';

/** What a party has to do with the ticket. */
export type Part = 'has-it' | 'next' | 'responsible' | 'hands-over' | 'accountable' | 'informed' | 'escalation';

/** One party on the way of a ticket, as the picture shows it. */
export interface PartyOnTheWay {
  readonly role: Exclude<Role, 'shared'>;
  /** `null` for the customer and Microsoft, where the decision names none. */
  readonly partyId: string | null;
  readonly parts: readonly Part[];
}

/** From the customer outwards; publisher and Microsoft are beside each other at the end. */
const WAY: readonly Exclude<Role, 'shared'>[] = ['customer', 'direct-bill-partner', 'indirect-reseller', 'indirect-provider', 'isv-publisher', 'microsoft'];

/** The parties of a decision in the order of the way, with who has it now and who is next. */
export function partiesOnTheWay(decision: Decision, { hasIt, customerId, escalationsDone }: Pick<ShownTicket, 'hasIt' | 'customerId'> & { readonly escalationsDone: number | null }): readonly PartyOnTheWay[] {
  const parts = new Map<string, { readonly role: PartyOnTheWay['role']; readonly partyId: string | null; readonly parts: Set<Part> }>();
  const add = (party: Party | null, part: Part | null): void => {
    for (const { role, partyId = null } of wholeOf(party)) {
      if (role === 'shared') continue;
      const key = `${role}/${partyId ?? ''}`;
      const known = parts.get(key) ?? { role, partyId, parts: new Set<Part>() };
      if (part !== null) known.parts.add(part);
      if (hasIt.includes(destinationOf({ role, partyId }) ?? '')) known.parts.add('has-it');
      parts.set(key, known);
    }
  };
  parts.set('customer/', { role: 'customer', partyId: customerId, parts: new Set() });
  const next = escalationsDone === null ? null : decision.escalation[escalationsDone] ?? null;
  add(next, 'next');
  add(decision.responsible, 'responsible');
  add(decision.firstContact, null);
  add(decision.handsOver, 'hands-over');
  add(decision.accountable, 'accountable');
  for (const party of decision.escalation) add(party, 'escalation');
  for (const party of decision.informed) add(party, 'informed');
  return [...parts.values()].map(({ parts: own, ...party }) => ({ ...party, parts: [...own] })).sort((a, b) => WAY.indexOf(a.role) - WAY.indexOf(b.role));
}

function wholeOf(party: Party | null): readonly Party[] {
  return party === null ? [] : party.role === 'shared' ? party.parties ?? [] : [party];
}

/** Under which messages to a party go; `null` for who gets none. */
function destinationOf({ role, partyId }: Pick<PartyOnTheWay, 'partyId'> & { readonly role: Role }): string | null {
  switch (role) {
    case 'isv-publisher': return partyId === null ? null : `isv/${partyId}`;
    case 'direct-bill-partner':
    case 'indirect-provider':
    case 'indirect-reseller': return partyId === null ? null : `partner/${partyId}`;
    case 'customer':
    case 'microsoft':
    case 'shared': return null;
  }
}
