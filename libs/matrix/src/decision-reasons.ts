import type { ContactChoice } from './contacts.js';
import type { Party } from './decision.js';
import { listedContacts } from './listed-contacts.js';
import type { Row } from './matrix.js';
import { isPartner, mayBeTold } from './partners.js';
import { HANDOFF_DEFAULT, SUPPORT_PAGE, partyName, partySubject } from './reasons.js';
import type { Reason } from './reasons.js';
import type { Parties } from './resolve-parties.js';
import type { Situation } from './situation.js';
import type { Walked } from './walk.js';

export type ReasonQuestion = Readonly<{
  situation: Situation;
  walked: Walked;
  parties: Parties;
  choice: ContactChoice;
  unreachable: boolean;
}>;

/** Why a ticket without an area waits, where the matrix has no gate of its own for it. */
export const NOT_CLASSIFIED: Reason = {
  code: 'not-classified',
  text: 'Nobody has said what the ticket is about, and no line of the matrix answers for that.',
  source: HANDOFF_DEFAULT,
};

/** Every step that led to a decision: the rows, the split, the hand-over, the contacts, and what was unknown. */
export function decisionReasons(question: ReasonQuestion): readonly Reason[] {
  const { situation, walked, parties, choice } = question;
  return [
    ...walked.matched.map(rowReason),
    ...(parties.usesCspPartner ? situation.csp.reasons : []),
    ...askerReasons(question),
    ...towardsMicrosoft(parties),
    ...choice.reasons,
    ...unknowns(question),
  ];
}

export function rowReason({ code, text, source }: Row): Reason {
  return { code, text, source };
}

/** A party that asks about its own matter is told so: the way on is its escalation. */
function askerReasons({ situation, parties }: ReasonQuestion): readonly Reason[] {
  const { firstContact, responsible } = parties;
  if (responsible.role !== situation.asker || firstContact.role !== situation.asker) return [];
  return [
    {
      code: 'asker-is-responsible',
      text: `${partySubject(firstContact)} asks about a matter of its own.`,
      source: HANDOFF_DEFAULT,
    },
  ];
}

function towardsMicrosoft({ handsOver, escalation, responsible, firstContact }: Parties): readonly Reason[] {
  if (handsOver !== null) {
    const text = `${partySubject(handsOver)} takes it to Microsoft, by a service request in Partner Center.`;
    return [{ code: 'handed-over-by', text, source: SUPPORT_PAGE }];
  }
  const provider = escalation.find(({ role }) => role === 'indirect-provider');
  if (provider === undefined || !escalation.some(({ role }) => role === 'microsoft')) return [];
  const reseller = responsible.role === 'indirect-reseller' ? responsible : firstContact;
  return [
    {
      code: 'escalated-through',
      text: `Microsoft is asked only through ${partyName(provider)}${isPartner(reseller) ? `, never by ${partyName(reseller)} itself` : ''}.`,
      source: HANDOFF_DEFAULT,
    },
  ];
}

function unknowns({ situation, parties, unreachable }: ReasonQuestion): readonly Reason[] {
  const { firstContact } = parties;
  if (unreachable) return [noUsableContact(situation)];
  return [...unknownParty(firstContact), ...untoldContacts(situation, firstContact), ...otherCloud(situation)];
}

function noUsableContact({ asker, facts, csp }: Situation): Reason {
  const who = asker === 'customer' ? 'a customer’s ticket' : 'this ticket';
  const told = mayBeTold(facts, csp) ? `; ${partyName(csp.lead)} is told` : '';
  return {
    code: 'no-usable-contact',
    text: `The offer lists no contact that ${who} may be sent to, so it waits for a person${told}.`,
    source: HANDOFF_DEFAULT,
  };
}

function unknownParty(party: Party): readonly Reason[] {
  if (party.role === 'microsoft' || party.partyId !== null) return [];
  const isPublisher = party.role === 'isv-publisher';
  return [
    {
      code: isPublisher ? 'offer-unknown' : 'partner-unknown',
      text: `It is for ${partyName(party)}: ${isPublisher ? 'no offer names its publisher' : 'no subscription names the partner'}, so it waits for a person.`,
      source: HANDOFF_DEFAULT,
    },
  ];
}

function untoldContacts({ facts }: Situation, firstContact: Party): readonly Reason[] {
  const isUntold = facts.offer !== null && listedContacts(facts) === null;
  if (!isUntold || firstContact.role !== 'isv-publisher') return [];
  return [
    {
      code: 'contacts-unknown',
      text: 'The question does not say which contacts the offer lists, so none can be named.',
      source: HANDOFF_DEFAULT,
    },
  ];
}

function otherCloud({ facts }: Situation): readonly Reason[] {
  const clouds = facts.offer?.clouds ?? [];
  if (clouds.length === 0 || clouds.includes(facts.ticket.cloud)) return [];
  return [
    {
      code: 'offer-not-in-cloud',
      text: `The offer is listed for ${clouds.join(', ')}, and the ticket is about ${facts.ticket.cloud}: one of the two may be wrong.`,
      source: HANDOFF_DEFAULT,
    },
  ];
}
