import type { TicketRouted } from '@handoff/contracts';
import type { Addressee } from '../notification/notification.js';
import { type Language, languageOf } from './texts/words.js';

/** What is spoken where nothing else is known, and to who reads a language that there is no catalogue of. */
const COMMON_LANGUAGE: Language = 'en';

/** The language that the directory has for the contact; where it has none, that of the ticket. */
export function messageLanguage(addressee: Pick<Addressee, 'language'>, ticket: Pick<TicketRouted['ticket'], 'language'>): Language {
  const tag = addressee.language ?? ticket.language ?? null;
  return tag === null ? COMMON_LANGUAGE : languageOf(tag) ?? COMMON_LANGUAGE;
}
