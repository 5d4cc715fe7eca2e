import type { Party } from '../decision.js';
import type { Reason, ReasonCode } from '../reasons.js';
import { CATALOGUES, LANGUAGES } from './catalogues.js';
import type { Language } from './catalogues.js';
import { EN } from './en.js';
import type { MessageKey } from './en.js';
import { partyParam, partyParamText, partyText } from './party-text.js';
import { templateOf } from './template.js';
import type { Filling, Template } from './template.js';

/** Parameters of a message as they are kept: texts in no language. */
export type Params = Readonly<Record<string, string>>;

/** A sentence in English, and by what it can be said in another language. */
export type Said = Readonly<{ text: string; message: string; params: Params }>;

/** What separates the values of a list within one parameter. */
export const LIST_SEPARATOR = ', ';

/** A list as one parameter. It is written for every decision, and adding is faster than `join`. */
export function listParam(values: readonly string[]): string {
  let text = '';
  for (const value of values) text = text === '' ? value : text + LIST_SEPARATOR + value;
  return text;
}

type Terms = ReadonlyMap<string, string>;
const NO_TERMS: Terms = new Map();

/** The catalogues' names for codes, by their kind: `contact.engineering` is `engineering` of the kind `contact`. */
const TERMS = Object.fromEntries(
  LANGUAGES.map((language) => [language, termsOf(CATALOGUES[language])]),
) as Readonly<Record<Language, ReadonlyMap<string, Terms>>>;

function termsOf(texts: Readonly<Record<string, string>>): ReadonlyMap<string, Terms> {
  const kinds = new Map<string, Map<string, string>>();
  for (const [key, text] of Object.entries(texts)) {
    const [kind, code] = key.split('.') as [string, string];
    kinds.set(kind, (kinds.get(kind) ?? new Map<string, string>()).set(code, text));
  }
  return kinds;
}

/** What English sentences are made of: they are said for every decision, so all that can be is found out beforehand. */
const ENGLISH = Object.fromEntries(
  Object.entries(EN).map(([key, text]) => [key, sentenceOf(templateOf(text))]),
) as Readonly<Record<MessageKey, Sentence>>;

type Sentence = Readonly<{ slots: readonly SentenceSlot[]; end: string; hasParties: boolean }>;
/** `isPlain`: texts stand in it as they are. */
type SentenceSlot = Template['slots'][number] & Readonly<{ isPlain: boolean }>;

function sentenceOf({ slots, end }: Template): Sentence {
  const isParty = (format: string) => format === 'party' || format === 'Party';
  const isPlain = (format: string) => !isParty(format) && format !== 'alternative' && !TERMS.en.has(format);
  return {
    slots: slots.map(({ name, format, before }) => ({ name, format, before, isPlain: isPlain(format) })),
    end,
    hasParties: slots.some(({ format }) => isParty(format)),
  };
}

/** A sentence in English. */
export function say<Key extends MessageKey>(message: Key, filling: Filling<Key>): Said {
  const { slots, end, hasParties } = ENGLISH[message];
  const values = filling as Readonly<Record<string, string | Party>>;
  const params: Record<string, string> = {};
  let text = '';
  for (const { name, format, before, isPlain } of slots) {
    const value = values[name] as string | Party;
    if (typeof value !== 'string') {
      params[name] = partyParam(value);
      text += before + partyText(value, format === 'Party' ? 'atStart' : 'within', 'en');
    } else {
      if (hasParties) params[name] = value;
      text += before + (isPlain ? value : written(value, format, 'en'));
    }
  }
  // What is filled in by texts alone are the parameters already.
  return { text: text + end, message, params: hasParties ? params : (values as Params) };
}

/** A reason of a decision, in English. */
export function reason<Key extends MessageKey>(
  code: ReasonCode,
  source: string,
  message: Key,
  filling: Filling<Key>,
): Reason {
  const { text, params } = say(message, filling);
  return { code, text, source, message, params };
}

/** A kept message in a language; null where its catalogue has no such message. */
export function messageText(message: string, params: Params, language: Language): string | null {
  const texts = CATALOGUES[language];
  const template = Object.hasOwn(texts, message) ? texts[message] : undefined;
  if (template === undefined) return null;
  const { slots, end } = templateOf(template);
  const filled = slots.map(({ name, format, before }) => before + written(params[name] ?? '', format, language));
  return filled.join('') + end;
}

function written(value: string, format: string, language: Language): string {
  switch (format) {
    case 'text':
      return value;
    case 'party':
      return partyParamText(value, 'within', language);
    case 'Party':
      return partyParamText(value, 'atStart', language);
    case 'alternative':
      return listed(value, 'value', language, CATALOGUES[language]['alternative.or']);
    default:
      return listed(value, format, language);
  }
}

/** Each value of a list by the catalogue; codes that it does not name stand as they are. */
function listed(value: string, kind: string, language: Language, separator = LIST_SEPARATOR): string {
  const terms = TERMS[language].get(kind) ?? NO_TERMS;
  const term = terms.get(value);
  if (term !== undefined) return term;
  return terms === NO_TERMS || !value.includes(LIST_SEPARATOR)
    ? value
    : value
        .split(LIST_SEPARATOR)
        .map((one) => terms.get(one) ?? one)
        .join(separator);
}
