import { DEFAULT_MATRIX } from '../default-matrix.js';
import { EN } from './en.js';
import type { MessageKey } from './en.js';
import { TR } from './tr.js';

type Texts = Readonly<Record<string, string>>;

/** The default matrix's own sentences, by `row.<id>`. */
const ROWS: Texts = Object.fromEntries(DEFAULT_MATRIX.rows.map(({ id, text }) => [`row.${id}`, text]));

/** Every language there is. Another one is a file beside these, and a line here. */
export const CATALOGUES: Readonly<Record<'en' | 'tr', Texts & Readonly<Record<MessageKey, string>>>> = {
  en: { ...EN, ...ROWS },
  tr: TR,
};

export type Language = keyof typeof CATALOGUES;

/** The languages that Handoff speaks, as tags of BCP 47. */
export const LANGUAGES = Object.keys(CATALOGUES) as readonly Language[];
