/** What a ticket is about, from its words. Pure; imports nothing. */
export { AREAS } from './areas.js';
export type { Area } from './areas.js';
export { CLASSIFIER_LANGUAGES, classify, DESCRIPTION_CHARS_MAX, MIN_CONFIDENCE_DEFAULT, SUBJECT_CHARS_MAX } from './classify.js';
export type { Classification, ClassifyOptions, TicketText } from './classify.js';
export type { LanguageWords, Terms } from './language.js';
