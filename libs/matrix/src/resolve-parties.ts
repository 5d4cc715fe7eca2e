import type { MicrosoftParty, NamedParty, Party, SharedResponsibility } from './decision.js';
import type { Facts } from './facts.js';
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
const RESELLER = 'indirect-reseller';
const NO_PARTIES: readonly Party[] = [];

/** Turns the parties of the rows into those of the ticket. */
export function resolveParties(situation: Situation, outcome: Outcome): Parties {
  const { csp } = situation;
  const responsible = partyOf(outcome.responsible, situation);
  const firstContact = outcome.stays ? responsible : partyOf(outcome.firstContact, situation);
  const sharedWith = outcome.responsible === 'csp-partner' ? csp.sharedWith : null;
  const isUsed = usesCspPartner(situation, outcome);
  return {
    responsible: sharedWith === null ? responsible : { role: 'shared', parties: [csp.lead, sharedWith] },
    firstContact,
    accountable: sharedWith === null ? null : csp.lead,
    informed: isBoughtDirectly(situation) ? NO_PARTIES : informedOf(situation, outcome, { firstContact, isUsed }),
    handsOver: outcome.handsOver ? csp.handover : null,
    escalation: escalationOf(situation, outcome, { responsible, firstContact, isShared: sharedWith !== null }),
    usesCspPartner: isUsed,
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
  }
}

function usesCspPartner(situation: Situation, { responsible, firstContact, informed, stays }: Outcome): boolean {
  if (isBoughtDirectly(situation)) return false;
  return (
    responsible === 'csp-partner' || (!stays && firstContact === 'csp-partner') || informed.includes('csp-partner')
  );
}

/** A customer that bought outside CSP has no CSP partner to tell. */
function isBoughtDirectly({ facts }: Situation): boolean {
  return facts.subscription?.channel === 'customer-direct';
}

/** A partner may choose not to be told of what others handle. */
function isUninformed(party: Party, preferences: Facts['preferences']): boolean {
  const id = idOf(party);
  return preferences !== undefined && id !== null && preferences.uninformed.includes(id);
}

type Informing = Readonly<{ firstContact: Party; isUsed: boolean }>;

/** Who is told: whom the rows name, the other of two who share, and a reseller that should ask its provider. */
function informedOf(situation: Situation, outcome: Outcome, { firstContact, isUsed }: Informing): readonly Party[] {
  const { csp } = situation;
  const informed: Party[] = [];
  const { preferences } = situation.facts;
  const tell = (party: Party | null) => {
    if (party === null || isUninformed(party, preferences)) return;
    if (isKnown(party) && !isSame(party, firstContact)) addOnce(informed, party);
  };
  for (const named of outcome.informed) tell(partyOf(named, situation));
  // A ticket that stays where it is involves nobody else, unless an outage makes the partner hear of it.
  const isHeldBySource = outcome.stays && !outcome.attach;
  if (isUsed && !isHeldBySource) {
    tell(csp.sharedWith);
    tell(csp.told);
  }
  return informed;
}

type Escalating = Readonly<{ responsible: Party; firstContact: Party; isShared: boolean }>;

/** A reseller turns to its provider before anybody turns to Microsoft, and before anything else of its own. */
function escalationOf(situation: Situation, outcome: Outcome, escalating: Escalating): readonly Party[] {
  const { responsible, firstContact, isShared } = escalating;
  const escalation: Party[] = [];
  const escalate = (party: Party) => {
    if (outcome.escalationContact !== null || !isSame(party, responsible)) addOnce(escalation, party);
  };
  const isResellers = responsible.role === RESELLER;
  const hasReseller = isResellers || firstContact.role === RESELLER || situation.asker === RESELLER;
  const throughProvider = hasReseller && outcome.escalation.includes('microsoft');
  if (!isShared && (isResellers || throughProvider)) escalate(situation.csp.handover);
  for (const named of outcome.escalation) escalate(partyOf(named, situation));
  return escalation;
}

function addOnce(parties: Party[], party: Party): void {
  for (const known of parties) if (isSame(known, party)) return;
  parties.push(party);
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
