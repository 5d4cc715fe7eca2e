import { Parser } from 'htmlparser2';
import { CHARS_MAX, cleanText, valueAt } from './payload.js';

/** What is read of a text at most; markup takes some of it, and what comes out is cut again. */
const HTML_CHARS_MAX = 4 * CHARS_MAX.description;
/** Deeper than any mail. The parser's work grows with the depth for each element, so that what lies deeper is left out. */
const DEPTH_MAX = 256;
const MARKUP = /<[a-z!/][^<>]*>|&(#\d{1,8}|#x[\da-f]{1,8}|[a-z][a-z\d]{1,31});/i;
const BLOCKS = new Set('address article aside blockquote dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(' '));
const HIDDEN = new Set(['head', 'script', 'style', 'template', 'title']);

/**
 * HTML as a person would read it: blocks and rows stand on lines of their own, list items behind a dash, an empty line
 * follows a paragraph; links are what is written of them, and pictures vanish. A text without markup stays as it is.
 */
export function plainText(html: string): string {
  if (!MARKUP.test(html)) return html;
  const reader = new TextReader();
  const parser = new Parser({
    onopentag: (name) => {
      reader.open(name);
      if (reader.depth > DEPTH_MAX) parser.pause();
    },
    ontext: (text) => reader.write(text),
    onclosetag: (name) => reader.close(name),
  });
  parser.end(html.slice(0, HTML_CHARS_MAX));
  return reader.text();
}

/** Collects the lines while a parser goes through the elements. */
class TextReader {
  depth = 0;
  private hiddenDepth = 0;
  private readonly parts: string[] = ['\n'];

  open(name: string): void {
    this.depth += 1;
    if (HIDDEN.has(name)) this.hiddenDepth += 1;
    if (BLOCKS.has(name)) this.beginLine();
    if (name === 'br') this.parts.push('\n');
    if (name === 'li') this.parts.push('- ');
    if (name === 'td' || name === 'th') this.parts.push(' ');
  }

  write(text: string): void {
    const words = text.replace(/\s+/g, ' ');
    const isBetweenLines = words === ' ' && this.parts.at(-1) === '\n';
    if (this.hiddenDepth === 0 && !isBetweenLines) this.parts.push(words);
  }

  close(name: string): void {
    this.depth -= 1;
    if (HIDDEN.has(name)) this.hiddenDepth -= 1;
    if (BLOCKS.has(name)) this.beginLine();
    if (name === 'p') this.parts.push('\n');
  }

  text(): string {
    return this.parts.join('').replace(/ +/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
  }

  private beginLine(): void {
    if (this.parts.at(-1) !== '\n') this.parts.push('\n');
  }
}

/** As `textAt`, for a place where the system has HTML. */
export function plainTextAt(payload: unknown, path: string, charsMax: number): string | null | undefined {
  const html = valueAt(payload, path);
  if (typeof html !== 'string') return html === null ? null : undefined;
  const text = cleanText(plainText(html), charsMax).trim();
  return text === '' ? null : text;
}
