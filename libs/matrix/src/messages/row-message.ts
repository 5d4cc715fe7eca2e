import type { Row } from '../matrix.js';
import type { Reason } from '../reasons.js';
import { CATALOGUES } from './catalogues.js';
import type { Language } from './catalogues.js';
import { messageText } from './say.js';
import type { Params } from './say.js';

/** The message of a row with words of its own: its parameters are its texts by language. */
export const OWN_ROW = 'row';

/**
 * What a row says. A row of the default matrix is found in the catalogues by its id; one that somebody wrote,
 * or whose text somebody changed, carries its texts along: no catalogue can know them.
 */
export function rowReason(row: Row): Reason {
  const { code, text, source } = row;
  const key = `row.${row.id}`;
  const isDefault = CATALOGUES.en[key] === text && row.texts === undefined;
  return isDefault
    ? { code, text, source, message: key, params: {} }
    : { code, text, source, message: OWN_ROW, params: { ...row.texts, en: text } };
}

/** A message in a language; where it was never said in that, the text as it is. */
export function textIn(said: { text: string; message?: string; params?: Params }, language: Language): string {
  const { text, message, params = {} } = said;
  if (message === undefined) return text;
  if (message === OWN_ROW) return params[language] ?? params['en'] ?? text;
  return messageText(message, params, language) ?? text;
}
