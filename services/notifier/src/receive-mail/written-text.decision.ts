/** Stands above our messages; mail programs quote it, and what is above it was written by whoever answers. */
export const ANSWER_MARK = '=== Handoff ===';

/** What a person writes is shorter; what is longer was not written for us. */
const CHARS_MAX = 200_000;
const LINES_MAX = 5_000;
/** `On Mon, 2 Nov 2026, Handoff wrote:` in the languages that contacts write in, on one line or broken into two or three. */
const ATTRIBUTIONS = [
  /^on\b.{4,300}\bwrote:$/i, /^am\b.{4,300}\bschrieb\b.{0,200}:$/i, /^le\b.{4,300}\ba écrit\s?:$/i, /^el\b.{4,300}\bescribió:$/i, /^il\b.{4,300}\bha scritto:$/i, /^op\b.{4,300}\bschreef\b.{0,200}:$/i,
  /^.{4,300}\btarihinde\b.{0,300}\b(şunu )?yazdı:$/i, /^.{4,300}<[^<>@\s]+@[^<>\s]+>:?\s*(wrote|schrieb|yazdı|a écrit)?\s?:$/i,
] as const;
const ATTRIBUTION_LINES_MAX = 3;
/** Lines with which mail programs begin what they quote whole. */
const DIVIDERS = [
  /^-{2,}\s*(original message|ursprüngliche nachricht|message d'origine|mensaje original|orijinal ileti|özgün ileti|forwarded message)\s*-{2,}$/i,
  /^_{20,}$/, /^-{2,}\s*reply above this line\s*-{2,}$/i,
] as const;
/** The block of headers that Outlook puts above what it quotes. */
const HEADER_FROM = /^\*?(from|von|de|kimden|gönderen)\s*:\*?\s+\S/i;
const HEADER_SENT = /^\*?(sent|date|gesendet|datum|envoyé|enviado|gönderildi|gönderilme tarihi|tarih)\s*:\*?\s+\S/i;
const HEADER_LINES_MAX = 4;
const SIGNATURE = /^-- ?$/;
const QUOTED = /^\s{0,3}>/;

/**
 * What somebody wrote into an answer, without what the mail program quoted and without a signature that is marked as one. Where everything
 * stands below or between what is quoted, that is kept.
 */
export function writtenTextOf(text: string): string {
  const lines = text.slice(0, CHARS_MAX).replace(/\r\n?/g, '\n').replace(/[\u2028\u2029]/g, '\n').split('\n', LINES_MAX).map((line) => line.replace(/(?!\t)[\p{Cc}\p{Bidi_Control}]/gu, '').trimEnd());
  const end = lines.findIndex((_line, index) => isCut(lines, index));
  const above = tidy(end < 0 ? lines : lines.slice(0, end));
  return above === '' ? tidy(lines) : above;
}

function isCut(lines: readonly string[], index: number): boolean {
  const line = (lines[index] ?? '').trim();
  if (line.includes(ANSWER_MARK) || SIGNATURE.test(lines[index] ?? '') || DIVIDERS.some((divider) => divider.test(line))) return true;
  if (HEADER_FROM.test(line) && lines.slice(index + 1, index + 1 + HEADER_LINES_MAX).some((next) => HEADER_SENT.test(next.trim()))) return true;
  return attributionLinesAt(lines, index) > 0 && hasOnlyQuotedBelow(lines, index);
}

/** How many lines from here on say who wrote what is quoted below; 0: none. */
function attributionLinesAt(lines: readonly string[], index: number): number {
  let joined = '';
  for (let count = 1; count <= ATTRIBUTION_LINES_MAX; count += 1) {
    const line = (lines[index + count - 1] ?? '').trim();
    if (line === '' || QUOTED.test(line)) return 0;
    joined = `${joined} ${line}`.trim();
    if (joined.endsWith(':') && ATTRIBUTIONS.some((attribution) => attribution.test(joined))) return count;
  }
  return 0;
}

/** An answer that is written between the lines of what it quotes goes on below its first lines. */
function hasOnlyQuotedBelow(lines: readonly string[], index: number): boolean {
  const below = lines.slice(index + 1);
  const firstQuoted = below.findIndex((line) => QUOTED.test(line));
  if (firstQuoted < 0) return true;
  return below.slice(firstQuoted).every((line) => line.trim() === '' || QUOTED.test(line));
}

function tidy(lines: readonly string[]): string {
  const kept: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const attribution = attributionLinesAt(lines, index);
    if (attribution > 0) index += attribution - 1;
    else if (!QUOTED.test(line) && !line.includes(ANSWER_MARK)) kept.push(line);
  }
  return kept.join('\n').replace(/\n{3,}/g, '\n\n').trim();
}
