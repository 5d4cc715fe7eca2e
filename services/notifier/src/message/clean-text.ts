/** Controls, line separators, halves of characters, and what turns the direction of a text: they can hide what a text says, and none belongs into a header. */
const UNFIT = String.raw`\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029`;
const UNFIT_OR_SPACES = new RegExp(`[${UNFIT}]| {2}`, 'u');
const UNFIT_RUN = new RegExp(`[${UNFIT}]+`, 'gu');
const UNFIT_IN_LINES = new RegExp(`(?![\\n\\t])[${UNFIT}]`, 'gu');

/** One line without control characters, at most so long. */
export function oneLine(text: string, lengthMax: number): string {
  // Nearly every text is fit: asking first costs a third of replacing nothing.
  const line = (UNFIT_OR_SPACES.test(text) ? text.replace(UNFIT_RUN, ' ').replace(/ {2,}/g, ' ') : text).trim();
  return line.length <= lengthMax ? line : `${line.slice(0, lengthMax - 1).toWellFormed().trimEnd()}…`;
}

/** Text of several lines without other control characters, at most so long; what is shortened ends in `mark`. */
export function cleanText(text: string, lengthMax: number, mark: string): string {
  const clean = text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(UNFIT_IN_LINES, '').trim();
  return clean.length <= lengthMax ? clean : `${clean.slice(0, lengthMax).toWellFormed().trimEnd()}\n${mark}`;
}
