import type { Area, AreaBasis, TicketReceived } from '@handoff/contracts';
import type { PersonsWord, TicketState, WordsSay } from '../tickets/ticket.js';

export interface AreaSaid {
  readonly area: Area | null | undefined;
  readonly areaBasis: AreaBasis | null;
}

/**
 * What a ticket is about, and who says so. A person has the last word, then the source with its mapping, then the mapping's
 * default, then the ticket's own words. Nobody: triage.
 */
export function areaOf({ area, areaBasis, defaults, personsWord, wordsSay }: TicketState): AreaSaid {
  if (personsWord !== undefined) return { area: personsWord.area, areaBasis: 'person' };
  if (area != null) return { area, areaBasis: areaBasis ?? null };
  // A source that says that the area is empty has answered: its default does not hold.
  if (area === undefined && defaults?.area != null) return { area: defaults.area, areaBasis: 'mapping' };
  return wordsSay === undefined ? { area, areaBasis: null } : { area: wordsSay.area, areaBasis: 'classifier' };
}

/** Whether nobody but the ticket's own words could say the area. */
export function isAreaOpen({ wordsSay: _wordsSay, ...state }: TicketState): boolean {
  return areaOf(state).area == null;
}

/** The words of a ticket as a text with a language, where that is known. */
export interface TicketText {
  readonly subject: string;
  readonly description: string;
  readonly language: string | null;
}

/** Says what a text is about, or `null` where it is not clear enough. */
export type Classifier = (text: TicketText) => WordsSay | null;

/**
 * The ticket with what its words say, as long as nobody named the area. Words that became vague take nothing back, and a classifier
 * that was switched off leaves what it has said: a ticket is not pulled from under those who work on it.
 */
export function withWords(state: TicketState, former: TicketState | null, classifier: Classifier | null): TicketState {
  if (!isAreaOpen(state)) return state.wordsSay === undefined ? state : { ...state, wordsSay: undefined };
  if (classifier === null || (former !== null && former.wordsSay !== undefined && isSameText(former, state))) return state;
  const said = classifier({ subject: state.subject ?? '', description: state.description ?? '', language: state.language ?? state.defaults?.language ?? null });
  return said === null ? state : { ...state, wordsSay: said };
}

function isSameText(a: TicketState, b: TicketState): boolean {
  return a.subject === b.subject && a.description === b.description && a.language === b.language;
}

type AreaFields = Partial<Pick<TicketState, 'areaBasis' | 'personsWord'>>;

/**
 * What an event of the source changes about who said the area. A person's word outlasts events that bring no area, those that say
 * what the source had said before, and those of before the person spoke. A source that names another area later was changed by
 * somebody there, and holds again.
 */
export function areaAfter(former: TicketState, { ticket: { area, areaBasis }, occurredAt }: TicketReceived, age: 'newest' | 'late'): AreaFields {
  if (area === undefined || (age === 'late' && former.area !== undefined)) return age === 'late' ? { areaBasis: former.areaBasis } : {};
  return { areaBasis: areaBasis ?? null, ...(former.personsWord === undefined ? {} : { personsWord: wordAfter(former.personsWord, area, occurredAt) }) };
}

function wordAfter(word: PersonsWord, told: Area | null, occurredAt: string): PersonsWord | undefined {
  if (told === null || told === word.over) return word;
  const isAnswer = Date.parse(occurredAt) > Date.parse(word.at);
  return isAnswer ? undefined : { ...word, over: told };
}
