import type { Message } from '../../message/message.js';
import { footerOf, isWebLink, type Line, type Section, sectionsOf, shortened, ticketUrlOf } from '../../message/sections.decision.js';

/** The body of a request to an incoming webhook of Slack. */
export interface SlackMessage {
  /** Shown in notifications, and where blocks cannot be. */
  readonly text: string;
  readonly blocks: readonly object[];
  readonly mrkdwn: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** By which a press of our button is known. */
export const ACKNOWLEDGE_ACTION = 'handoff.acknowledge';
export const BUTTON_BLOCK = 'handoff-acknowledge';

/** Slack's own limits: https://docs.slack.dev/reference/block-kit/blocks; for rich text it names none, so what holds for other texts is kept. */
const HEADER_CHARS_MAX = 150;
const BUTTON_CHARS_MAX = 75;
const TEXT_CHARS_MAX = 3_000;
const LINE = { charsMax: 1_200, linesMax: 15 };

const NEW_LINE = text('\n');

/**
 * Rich text: its elements say what they are, and a text in them is never read for markup or mentions.
 * What a customer wrote shows as it was written. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export function slackMessageOf(message: Message, { buttonValue = null }: { readonly buttonValue?: string | null } = {}): SlackMessage {
  const { headline, subjectLine } = message;
  return {
    text: `${escaped(headline)} ${escaped(subjectLine)}`, mrkdwn: false, unfurl_links: false, unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(headline, HEADER_CHARS_MAX) },
      richText([section([linked(subjectLine, ticketUrlOf(message) ?? undefined, { bold: true })])]),
      ...(buttonValue === null ? [] : [button(message.words.text('button.acknowledge'), buttonValue)]),
      ...shortened(sectionsOf(message), LINE).map((part) => richText(elementsOf(bounded(part)))),
      { type: 'context', elements: [plain(footerOf(message), TEXT_CHARS_MAX)] },
    ],
  };
}

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
function button(title: string, value: string): object {
  return { type: 'actions', block_id: BUTTON_BLOCK, elements: [{ type: 'button', style: 'primary', action_id: ACKNOWLEDGE_ACTION, text: plain(title, BUTTON_CHARS_MAX), value }] };
}

function elementsOf({ heading, lines, isNumbered }: Section): object[] {
  const title = text(heading, { bold: true });
  if (isNumbered === true) return [section([title]), { type: 'rich_text_list', style: 'ordered', elements: lines.map((line) => section(partsOf(line))) }];
  const quotes = lines.filter(({ isQuoted }) => isQuoted === true);
  const plainLines = lines.filter(({ isQuoted }) => isQuoted !== true);
  const labels = quotes.flatMap(({ label }) => (label === undefined ? [] : [NEW_LINE, text(`${label}:`)]));
  return [section([title, ...plainLines.flatMap((line) => [NEW_LINE, ...partsOf(line)]), ...labels]), ...quotes.map((line) => ({ type: 'rich_text_quote', elements: [text(line.text)] }))];
}

function partsOf(line: Line): object[] {
  const { label, url, remark } = line;
  return [
    ...(label === undefined ? [] : [text(`${label}: `)]),
    linked(line.text, url),
    ...(remark === undefined ? [] : [text(` (${remark})`, { italic: true })]),
  ];
}

function linked(shown: string, url: string | undefined, style?: Style): object {
  if (url === undefined) return text(shown, style);
  if (!isWebLink(url)) return text(url === shown ? shown : `${shown}: ${url}`, style);
  return { type: 'link', url: new URL(url).href, text: shown, ...(style === undefined ? {} : { style }) };
}

interface Style {
  readonly bold?: true;
  readonly italic?: true;
}

function text(shown: string, style?: Style): object {
  return { type: 'text', text: shown, ...(style === undefined ? {} : { style }) };
}

function section(elements: readonly object[]): object {
  return { type: 'rich_text_section', elements };
}

function richText(elements: readonly object[]): object {
  return { type: 'rich_text', elements };
}

function plain(shown: string, charsMax: number): object {
  return { type: 'plain_text', text: shown.length <= charsMax ? shown : `${shown.slice(0, charsMax - 1).toWellFormed()}…`, emoji: false };
}

/** Only these three mean something in the fallback, whose formatting is off. */
function escaped(shown: string): string {
  return shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The part with as many of its lines as fit. */
function bounded(part: Section): Section {
  let chars = part.heading.length;
  const lines: Line[] = [];
  for (const line of part.lines) {
    chars += [line.label, line.text, line.url, line.remark].join('').length;
    if (chars > TEXT_CHARS_MAX) break;
    lines.push(line);
  }
  return { ...part, lines };
}
