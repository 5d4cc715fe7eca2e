import type { CompiledMatrix } from './compile.js';
import { chooseContacts } from './contacts.js';
import type { ContactChoice } from './contacts.js';
import type { Decision, Party } from './decision.js';
import { NOT_CLASSIFIED, decisionReasons } from './decision-reasons.js';
import type { Facts } from './facts.js';
import { listedContacts, usableContact } from './listed-contacts.js';
import type { Outcome } from './matrix.js';
import { missingFacts } from './missing-facts.js';
import { mayBeTold } from './partners.js';
import { queueOf } from './queue.js';
import { isSame, resolveParties } from './resolve-parties.js';
import type { Parties } from './resolve-parties.js';
import { situationOf } from './situation.js';
import type { Situation } from './situation.js';
import type { Area } from './vocabulary.js';
import { walk } from './walk.js';
import type { Observer, Walked } from './walk.js';

/**
 * The decision for one ticket, by a compiled matrix. Total: every combination of facts gives exactly one
 * decision with at least one reason. Roles are always answered, also where the parties' ids are not known.
 */
export function decide(facts: Facts, matrix: CompiledMatrix): Decision {
  return decideObserved(facts, matrix);
}

/** The same, telling every row that was looked at. */
export function decideObserved(facts: Facts, matrix: CompiledMatrix, observe?: Observer): Decision {
  const situation = situationOf(facts);
  const walked = walk(situation, matrix, observe);
  const { area } = facts.ticket;
  const { queue } = walked.outcome;
  return queue !== null || area === null
    ? waitingDecision({ facts, walked, version: matrix.version, queue: queue ?? 'triage' })
    : assignedDecision({ situation, walked, version: matrix.version, area });
}

type Waiting = Readonly<{ facts: Facts; walked: Walked; version: string; queue: string }>;

/** A ticket that no rule applies to waits for a person: nobody is responsible yet. */
function waitingDecision({ facts, walked, version, queue }: Waiting): Decision {
  const gate = walked.matched.find(({ row }) => row.stage === 'gate');
  return {
    responsible: null,
    firstContact: null,
    accountable: null,
    informed: [],
    handsOver: null,
    escalation: [],
    escalationContact: null,
    contacts: [],
    reachedBy: null,
    queue,
    documents: documentsOf(facts),
    attachedTo: null,
    stays: false,
    informationOnly: false,
    reasons: [gate?.reason ?? NOT_CLASSIFIED],
    missing: facts.ticket.area === null ? ['ticket.area'] : [],
    matrixVersion: version,
    row: gate?.row.id ?? NOT_CLASSIFIED.code,
    variations: [],
  };
}

type Assigning = Readonly<{ situation: Situation; walked: Walked; version: string; area: Area }>;

function assignedDecision({ situation, walked, version, area }: Assigning): Decision {
  const { outcome, matched } = walked;
  const parties = resolveParties(situation, outcome);
  const choice = chooseContacts({ situation, outcome, firstContact: parties.firstContact });
  const { row, variations } = rowsOf(matched, area);
  const unreachable = isUnreachable({ situation, outcome, parties, choice });
  return {
    responsible: parties.responsible,
    firstContact: parties.firstContact,
    accountable: parties.accountable,
    handsOver: parties.handsOver,
    escalation: parties.escalation,
    informed: unreachable ? withResponsiblePartner(parties, situation) : parties.informed,
    escalationContact: escalationContactOf(situation, outcome),
    contacts: choice.contacts,
    reachedBy: choice.reachedBy,
    queue: unreachable ? 'unassigned' : queueOf(parties.firstContact, area),
    documents: documentsOf(situation.facts),
    attachedTo: outcome.attach && situation.outage !== null ? situation.outage.id : null,
    stays: outcome.stays,
    informationOnly: outcome.informationOnly,
    reasons: decisionReasons({ situation, walked, parties, choice, unreachable }),
    missing: missingFacts(situation, parties),
    matrixVersion: version,
    row,
    variations,
  };
}

/** The line that answered, and what changed its answer; every compiled matrix has a line for every area. */
function rowsOf(matched: Walked['matched'], area: Area): Pick<Decision, 'row' | 'variations'> {
  const variations: string[] = [];
  let line: string = area;
  for (const { row } of matched) {
    if (row.stage === 'area') line = row.id;
    else variations.push(row.id);
  }
  return { row: line, variations };
}

function documentsOf({ offer }: Facts): Decision['documents'] {
  return offer?.documents ?? [];
}

type Reaching = Readonly<{ situation: Situation; outcome: Outcome; parties: Parties; choice: ContactChoice }>;

/** The publisher must be told, and its offer lists no contact by which this asker's ticket could reach it. */
function isUnreachable({ situation, outcome, parties, choice }: Reaching): boolean {
  const isTold = parties.firstContact.role === 'isv-publisher' && !outcome.stays && !outcome.attach;
  return isTold && listedContacts(situation.facts) !== null && choice.reachedBy === null;
}

function withResponsiblePartner({ informed }: Parties, { facts, csp }: Situation): readonly Party[] {
  const isNews = !informed.some((party) => isSame(party, csp.lead));
  return isNews && mayBeTold(facts, csp) ? [...informed, csp.lead] : informed;
}

/** An engineering contact is a partner's last resort, so a customer's ticket names none. */
function escalationContactOf(
  { asker, facts }: Situation,
  { escalationContact }: Outcome,
): Decision['escalationContact'] {
  if (escalationContact === null || asker === 'customer') return null;
  return usableContact(listedContacts(facts), [escalationContact]);
}
