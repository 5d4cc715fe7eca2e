import type { MicrosoftParty, NamedParty, Party, SharedResponsibility } from './decision.js';
import type { Outcome, RowParty } from './matrix.js';
import type { Situation } from './situation.js';

/** The parties of a decision, by name. */
export interface Parties {
  readonly responsible: Party | SharedResponsibility;
  readonly firstContact: Party;
  readonly accountable: Party | null;
  readonly informed: readonly Party[];
  readonly handsOver: NamedParty | null;
  readonly escalation: readonly Party[];
  /** The CSP partner takes part, so how it was found belongs to the reasons. */
  readonly usesCspPartner: boolean;
}

const MICROSOFT: MicrosoftParty = { role: 'microsoft' };

/** Turns the parties of the rows into those of the ticket. */
export function resolveParties(situation: Situation, outcome: Outcome): Parties {
  const { csp } = situation;
  const responsible = partyOf(outcome.responsible, situation);
  const firstContact = outcome.stays ? responsible : partyOf(outcome.firstContact, situation);
  const isShared = outcome.responsible === 'csp-partner' && csp.sharedWith !== null;
  const parties = { responsible, firstContact };
  return {
    responsible: isShared && csp.sharedWith ? { role: 'shared', parties: [csp.lead, csp.sharedWith] } : responsible,
    firstContact,
    accountable: isShared ? csp.lead : null,
    informed: informedOf(situation, outcome, firstContact),
    handsOver: outcome.handsOver ? csp.handover : null,
    escalation: escalationOf(situation, outcome, parties),
    usesCspPartner: usesCspPartner(situation, outcome),
  };
}

function partyOf(party: RowParty, { csp, facts }: Situation): Party {
  switch (party) {
    case 'csp-partner':
      return csp.lead;
    case 'handover-partner':
      return csp.handover;
    case 'isv-publisher':
      return { role: 'isv-publisher', partyId: facts.offer?.publisherId ?? null };
    case 'microsoft':
      return MICROSOFT;
    default:
      return party satisfies never;
  }
}

function usesCspPartner(situation: Situation, { responsible, firstContact, informed, stays }: Outcome): boolean {
  if (isBoughtDirectly(situation)) return false;
  return [responsible, ...(stays ? [] : [firstContact]), ...informed].includes('csp-partner');
}

/** Who is told: whom the rows name, the other of two who share, and a reseller that should ask its provider. */
function informedOf(situation: Situation, outcome: Outcome, firstContact: Party): readonly Party[] {
  const { csp } = situation;
  if (isBoughtDirectly(situation)) return [];
  const named = outcome.informed.map((party) => partyOf(party, situation));
  const alongside = usesCspPartner(situation, outcome) && !isHeldBySource(outcome) ? [csp.sharedWith, csp.told] : [];
  return distinct([...named, ...alongside.filter((party) => party !== null)]).filter(
    (party) => isKnown(party) && !isSame(party, firstContact),
  );
}

/** A ticket that stays where it is involves nobody else, unless an outage makes the partner hear of it. */
function isHeldBySource({ stays, attach }: Outcome): boolean {
  return stays && !attach;
}

/** A customer that bought outside CSP has no CSP partner to tell. */
function isBoughtDirectly({ facts }: Situation): boolean {
  return facts.subscription?.channel === 'customer-direct';
}

/** A reseller turns to its provider before anybody turns to Microsoft, and before anything else of its own. */
function escalationOf(
  situation: Situation,
  outcome: Outcome,
  { responsible, firstContact }: Pick<Parties, 'firstContact'> & { responsible: Party },
): readonly Party[] {
  const named = outcome.escalation.map((party) => partyOf(party, situation));
  const hasReseller = [responsible.role, firstContact.role, situation.asker].includes('indirect-reseller');
  const isShared = outcome.responsible === 'csp-partner' && situation.csp.sharedWith !== null;
  const throughProvider = hasReseller && outcome.escalation.includes('microsoft');
  const isResellers = responsible.role === 'indirect-reseller';
  const all = !isShared && (isResellers || throughProvider) ? [situation.csp.handover, ...named] : named;
  return distinct(all).filter((party) => !isSame(party, responsible) || outcome.escalationContact !== null);
}

function distinct(parties: readonly Party[]): readonly Party[] {
  return parties.filter((party, index) => parties.findIndex((other) => isSame(other, party)) === index);
}

/** Whether two values name the same party. */
export function isSame(a: Party, b: Party): boolean {
  return a.role === b.role && idOf(a) === idOf(b);
}

function idOf(party: Party): string | null {
  return party.role === 'microsoft' ? 'microsoft' : party.partyId;
}

function isKnown(party: Party): boolean {
  return idOf(party) !== null;
}
