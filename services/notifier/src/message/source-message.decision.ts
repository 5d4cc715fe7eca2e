import type { Party } from '@handoff/contracts';
import type { Told } from '../notification/notification.js';
import { oneLine } from './clean-text.js';
import type { PlainKey } from './texts/template.js';
import type { Words } from './texts/words.js';

const NAME_LENGTH_MAX = 256;

/** What an internal note in the system that a ticket came from begins with. */
export function sourceHeadlineOf(routed: Told, words: Words): string {
  return words.text(headlineKey(routed));
}

/** Whose ticket it is now, and who said what of it. A person's name is for those who know their customers anyway. */
export function sourceTurnOf(routed: Told, words: Words, { seesPeople }: { readonly seesPeople: boolean }): string[] {
  const { saidBy, cause, escalation, recipients, decision } = routed;
  if (saidBy !== undefined) {
    const who = whoSaid(saidBy, routed, words, seesPeople);
    return [...(cause === 'acknowledged' ? [words.say('turn.acknowledged', { who })] : []), ...(cause === 'resolved' ? [words.say('turn.resolved-by', { who })] : [])];
  }
  if (cause === 'replied') return [];
  if (escalation !== undefined) return recipients.map(({ party }) => words.say('turn.asked', { party: words.party(party, routed) }));
  if (routed.change === 'closed') return [words.text('turn.closed')];
  return [decision.responsible === null ? words.text('turn.nobody') : words.say('turn.of', { party: words.party(decision.responsible, routed) })];
}

/** Whether a note tells a decision, with all that belongs to it, or only what happened since. */
export function tellsDecision({ cause, escalation }: Told): boolean {
  return escalation === undefined && (cause === undefined || !SAYINGS.has(cause));
}

const SAYINGS: ReadonlySet<string> = new Set(['acknowledged', 'resolved', 'replied']);

function headlineKey({ cause, escalation }: Told): Extract<PlainKey, `headline.source.${string}`> {
  if (escalation !== undefined) return 'headline.source.escalated';
  if (cause === 'acknowledged' || cause === 'resolved' || cause === 'replied') return `headline.source.${cause}`;
  return 'headline.source.decided';
}

function whoSaid({ by, party }: NonNullable<Told['saidBy']>, routed: Told, words: Words, seesPeople: boolean): string {
  const speaker = party === null ? null : words.party(partyAt(party, routed), routed);
  const person = by === null || !seesPeople ? null : oneLine(by, NAME_LENGTH_MAX);
  if (person === null) return speaker ?? words.text('page.somebody');
  return speaker === null ? person : `${person} (${speaker})`;
}

/** The party of a destination, as the decision names it. */
function partyAt(destination: string, { decision: { responsible, firstContact, escalation } }: Told): Party {
  const [kind, partyId = ''] = destination.split('/');
  const named = [responsible, ...(responsible?.parties ?? []), firstContact, ...escalation].find((party) => party?.partyId === partyId);
  return named ?? { role: kind === 'isv' ? 'isv-publisher' : 'indirect-reseller', partyId };
}
