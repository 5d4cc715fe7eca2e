import type { ContactEntry, NamedParty, Party } from './decision.js';
import { audienceFields } from './disclosure.js';
import { governmentSite, listedContacts, usableContact } from './listed-contacts.js';
import type { Outcome } from './matrix.js';
import { isPartner } from './partners.js';
import { HANDOFF_DEFAULT, SUPPORT_PAGE, partyName } from './reasons.js';
import type { Reason } from './reasons.js';
import type { Situation } from './situation.js';
import { isPartnerRole } from './vocabulary.js';
import type { Audience, ContactKind } from './vocabulary.js';

/** The contacts of a decision, and why these. */
export interface ContactChoice {
  readonly contacts: readonly ContactEntry[];
  /** The publisher's contact that receives the ticket, where the publisher is first contact. */
  readonly reachedBy: ContactKind | null;
  readonly reasons: readonly Reason[];
}

/** What the choice rests on: the rows' outcome, and who the first contact turned out to be. */
export type ContactQuestion = Readonly<{ situation: Situation; outcome: Outcome; firstContact: Party }>;

/** The order in which a publisher's contact is chosen, by who asks and for what. */
const CHAINS: Readonly<Record<'customer' | 'microsoft' | Outcome['purpose'], readonly ContactKind[]>> = {
  customer: ['customer-support'],
  microsoft: ['engineering'],
  technical: ['customer-support', 'csp-program', 'engineering'],
  business: ['csp-program', 'customer-support'],
};

type Entries = Pick<ContactChoice, 'contacts' | 'reasons'>;
const NO_ENTRIES: Entries = { contacts: [], reasons: [] };

/** Who may be reached how: chosen by the asker, and cut down to what each audience may see. */
export function chooseContacts(question: ContactQuestion): ContactChoice {
  const parts = audiencesOf(question).map((audience) => publisherEntries(question, audience));
  return {
    contacts: [...partnerSite(question), ...parts.flatMap(({ contacts }) => contacts)],
    reachedBy: question.firstContact.role === 'isv-publisher' ? reachableBy(question) : null,
    reasons: parts.flatMap(({ reasons }) => reasons),
  };
}

/** By which contact the publisher hears of the ticket. */
function reachableBy({ situation, outcome }: ContactQuestion): ContactKind | null {
  const { asker, facts } = situation;
  return usableContact(
    listedContacts(facts),
    CHAINS[asker === 'customer' || asker === 'microsoft' ? asker : outcome.purpose],
  );
}

type Asking = Exclude<Audience, 'isv-publisher'>;

/** To whom the publisher's contact is shown. */
function audiencesOf({ situation, outcome, firstContact }: ContactQuestion): readonly Asking[] {
  const isPublishers = outcome.responsible === 'isv-publisher';
  const takesPart = isPublishers || outcome.escalation.includes('isv-publisher');
  const shown: Readonly<Record<Asking, boolean>> = {
    customer: isPublishers && situation.asker === 'customer',
    'csp-partner': takesPart && (isPartnerRole(situation.asker) || isPartner(firstContact)),
    microsoft: isPublishers && situation.asker === 'microsoft',
  };
  return (['customer', 'csp-partner', 'microsoft'] as const).filter((audience) => shown[audience]);
}

/** A customer whose partner hears first is sent to that partner's support site; the directory knows whether it has one. */
function partnerSite({ situation, firstContact }: ContactQuestion): readonly ContactEntry[] {
  if (situation.asker !== 'customer' || !isPartner(firstContact) || firstContact.partyId === null) return [];
  const fields = audienceFields('customer-support', 'customer');
  return [{ kind: 'customer-support', party: firstContact, fields, for: 'customer' }];
}

/** The publisher's contact for an audience: at most one, with the fields that exist and may be shown. */
function publisherEntries({ situation, outcome }: ContactQuestion, audience: Asking): Entries {
  const { facts } = situation;
  const contacts = listedContacts(facts);
  const kind = usableContact(contacts, CHAINS[audience === 'csp-partner' ? outcome.purpose : audience]);
  if (contacts === null || kind === null) return NO_ENTRIES;
  const party: NamedParty = { role: 'isv-publisher', partyId: facts.offer?.publisherId ?? null };
  const fields = audienceFields(kind, audience).filter((field) => contacts[kind][field] !== null);
  return fields.length === 0
    ? { contacts: [], reasons: [noSite(party)] }
    : entryWithReasons({ kind, party, fields, for: audience }, situation);
}

/** Only customer support has a support site; in a cloud with one of its own, the entry says that it is that one. */
function entryWithReasons(entry: ContactEntry, situation: Situation): Entries {
  const showsSite = entry.kind === 'customer-support' && entry.fields.includes('url');
  const isGovernments = showsSite && governmentSite(situation.facts) !== null;
  return {
    contacts: [isGovernments ? { ...entry, site: 'us-government' } : entry],
    reasons: [chosen(entry), ...(showsSite ? siteReasons(situation) : [])],
  };
}

const AUDIENCE_NAMES: Readonly<Record<Audience, string>> = {
  customer: 'The customer is shown',
  'csp-partner': 'The CSP partner may use',
  'isv-publisher': 'The publisher sees',
  microsoft: 'Microsoft may use',
};

const KIND_NAMES: Readonly<Record<ContactKind, string>> = {
  'customer-support': 'customer support contact',
  'csp-program': 'CSP programme contact',
  engineering: 'engineering contact',
};

function chosen({ kind, party, fields, for: audience }: ContactEntry): Reason {
  const shown =
    audience === 'customer' ? 'support site, and nothing else' : `${KIND_NAMES[kind]} (${fields.join(', ')})`;
  return {
    code: 'contact-chosen',
    text: `${AUDIENCE_NAMES[audience]} the ${shown}, of ${partyName(party)}.`,
    source: HANDOFF_DEFAULT,
  };
}

function noSite(publisher: NamedParty): Reason {
  return {
    code: 'no-support-site',
    text: `The offer lists no support site, and nothing else of ${partyName(publisher)} may be shown to a customer.`,
    source: HANDOFF_DEFAULT,
  };
}

function siteReasons({ facts }: Situation): readonly Reason[] {
  if (facts.ticket.cloud !== 'us-government') return [];
  return governmentSite(facts) !== null
    ? [
        {
          code: 'government-site',
          text: 'The support site is the one for the US Government cloud.',
          source: SUPPORT_PAGE,
        },
      ]
    : [
        {
          code: 'no-government-site',
          text: 'The offer lists no support site for the US Government cloud, so its general one is used.',
          source: HANDOFF_DEFAULT,
        },
      ];
}
