import type { ContactChoice } from './contacts.js';
import type { Party } from './decision.js';
import { listedContacts } from './listed-contacts.js';
import { reason } from './messages/say.js';
import { isPartner, mayBeTold } from './partners.js';
import { HANDOFF_DEFAULT, SUPPORT_PAGE } from './reasons.js';
import type { Reason } from './reasons.js';
import type { Parties } from './resolve-parties.js';
import type { Situation } from './situation.js';
import { splitReasons } from './split-reasons.js';
import type { Walked } from './walk.js';

export type ReasonQuestion = Readonly<{
  situation: Situation;
  walked: Walked;
  parties: Parties;
  choice: ContactChoice;
  unreachable: boolean;
}>;

/** Why a ticket without an area waits, where the matrix has no gate of its own for it. */
export const NOT_CLASSIFIED: Reason = reason('not-classified', HANDOFF_DEFAULT, 'not-classified', {});

/** Every step that led to a decision: the rows, the split, the hand-over, the contacts, and what was unknown. */
export function decisionReasons(question: ReasonQuestion): readonly Reason[] {
  const { situation, walked, parties, choice } = question;
  const reasons: Reason[] = [];
  const add = (one: Reason | null) => {
    if (one !== null) reasons.push(one);
  };
  for (const matched of walked.matched) add(matched.reason);
  if (parties.usesCspPartner) for (const one of splitReasons(situation.csp)) add(one);
  add(ownMatter(question));
  add(towardsMicrosoft(parties));
  for (const one of choice.reasons) add(one);
  if (question.unreachable) {
    add(noUsableContact(situation));
  } else {
    const { firstContact } = parties;
    add(unknownParty(firstContact));
    add(untoldContacts(situation, firstContact));
    add(otherCloud(situation));
  }
  return reasons;
}

/** A party that asks about its own matter is told so: the way on is its escalation. */
function ownMatter({ situation, parties: { firstContact, responsible } }: ReasonQuestion): Reason | null {
  if (responsible.role !== situation.asker || firstContact.role !== situation.asker) return null;
  return reason('asker-is-responsible', HANDOFF_DEFAULT, 'asker-is-responsible', { asker: firstContact });
}

function towardsMicrosoft({ handsOver, escalation, responsible, firstContact }: Parties): Reason | null {
  if (handsOver !== null) return reason('handed-over-by', SUPPORT_PAGE, 'handed-over-by', { partner: handsOver });
  if (escalation.length < 2) return null;
  const provider = escalation.find(({ role }) => role === 'indirect-provider');
  if (provider === undefined || !escalation.some(({ role }) => role === 'microsoft')) return null;
  const reseller = responsible.role === 'indirect-reseller' ? responsible : firstContact;
  return isPartner(reseller)
    ? reason('escalated-through', HANDOFF_DEFAULT, 'escalated-through.never-by', { provider, reseller })
    : reason('escalated-through', HANDOFF_DEFAULT, 'escalated-through', { provider });
}

function noUsableContact({ asker, facts, csp }: Situation): Reason {
  const who = asker === 'customer' ? 'customer' : 'other';
  return mayBeTold(facts, csp)
    ? reason('no-usable-contact', HANDOFF_DEFAULT, `no-usable-contact.${who}-told`, { partner: csp.lead })
    : reason('no-usable-contact', HANDOFF_DEFAULT, `no-usable-contact.${who}`, {});
}

function unknownParty(party: Party): Reason | null {
  if (party.role === 'microsoft' || party.partyId !== null) return null;
  const code = party.role === 'isv-publisher' ? 'offer-unknown' : 'partner-unknown';
  return reason(code, HANDOFF_DEFAULT, code, { party });
}

function untoldContacts({ facts }: Situation, firstContact: Party): Reason | null {
  const isUntold = facts.offer !== null && listedContacts(facts) === null;
  if (!isUntold || firstContact.role !== 'isv-publisher') return null;
  return reason('contacts-unknown', HANDOFF_DEFAULT, 'contacts-unknown', {});
}

function otherCloud({ facts }: Situation): Reason | null {
  const clouds = facts.offer?.clouds;
  const { cloud } = facts.ticket;
  if (clouds === undefined || clouds.length === 0 || clouds.includes(cloud)) return null;
  return reason('offer-not-in-cloud', HANDOFF_DEFAULT, 'offer-not-in-cloud', { clouds: clouds.join(', '), cloud });
}
