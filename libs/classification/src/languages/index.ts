import type { LanguageWords } from '../language.js';
import { GERMAN } from './de.js';
import { ENGLISH } from './en.js';
import { SPANISH } from './es.js';
import { FRENCH } from './fr.js';
import { JAPANESE } from './ja.js';
import { TURKISH } from './tr.js';

/** Every language whose words are known. */
export const LANGUAGES: readonly LanguageWords[] = [ENGLISH, GERMAN, SPANISH, FRENCH, JAPANESE, TURKISH];
