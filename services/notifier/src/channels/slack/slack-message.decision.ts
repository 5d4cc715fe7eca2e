import type { Message } from '../../message/message.js';
import { footerOf, isWebLink, type Line, type Section, sectionsOf, shortened } from '../../message/sections.decision.js';

/** The body of a request to an incoming webhook of Slack. */
export interface SlackMessage {
  /** Shown in notifications, and where blocks cannot be. */
  readonly text: string;
  readonly blocks: readonly object[];
}

/** Slack's own limits: https://docs.slack.dev/reference/block-kit/blocks */
const HEADER_CHARS_MAX = 150;
const TEXT_CHARS_MAX = 3_000;
const LINE = { charsMax: 1_200, linesMax: 15 };

export function slackMessageOf(message: Message): SlackMessage {
  const { headline, subjectLine, ticket } = message;
  const title = ticket.url !== null && isWebLink(ticket.url) ? `*${link(ticket.url, subjectLine)}*` : `*${escaped(subjectLine)}*`;
  return {
    text: `${escaped(headline)} ${escaped(subjectLine)}`,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: headline.slice(0, HEADER_CHARS_MAX), emoji: false } },
      markdown(title),
      ...shortened(sectionsOf(message), LINE).map((section) => markdown(textOf(section))),
      { type: 'context', elements: [{ type: 'mrkdwn', text: bounded(escaped(footerOf(message))), verbatim: true }] },
    ],
  };
}

/** `verbatim`: addresses and names that somebody wrote become neither links nor mentions. */
function markdown(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text: bounded(text), verbatim: true } };
}

function textOf({ heading, lines, isNumbered }: Section): string {
  return [`*${heading}*`, ...lines.map((line, index) => `${isNumbered === true ? `${index + 1}. ` : ''}${lineOf(line)}`)].join('\n');
}

function lineOf({ label, text, url, remark, isQuoted }: Line): string {
  const before = label === undefined ? '' : `${escaped(label)}: `;
  if (isQuoted === true) return `${before === '' ? '' : `${before}\n`}${text.split('\n').map((line) => `>${escaped(line)}`).join('\n')}`;
  const shown = url !== undefined && isWebLink(url) ? link(url, text) : escaped(url === undefined || url === text ? text : `${text}: ${url}`);
  return `${before}${shown}${remark === undefined ? '' : ` (${escaped(remark)})`}`;
}

/** Only these three mean something to Slack; escaped, a text can neither mention anybody nor hide a link. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function link(url: string, text: string): string {
  return `<${new URL(url).href.replaceAll('|', '%7C').replaceAll('>', '%3E')}|${escaped(text).replaceAll('|', '¦')}>`;
}

/** Cut at the end of a line, so that no link is cut in half. */
function bounded(text: string): string {
  if (text.length <= TEXT_CHARS_MAX) return text;
  const lines = text.split('\n');
  while (lines.join('\n').length > TEXT_CHARS_MAX - 2) lines.pop();
  return `${lines.join('\n')}\n…`;
}
