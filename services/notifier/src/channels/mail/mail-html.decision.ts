import { escapeHtml } from '../../message/escape-html.js';
import type { Message } from '../../message/message.js';
import { isWebLink, type Line, type Section } from '../../message/sections.decision.js';

const WIDTH_PX = 640;

/** Colours by where they stand. Each text reads at 4.5:1 or better on its ground (WCAG 2.2, 1.4.3). */
export const PALETTES = {
  light: { page: '#f4f5f7', card: '#ffffff', quote: '#f4f5f7', text: '#1c2333', muted: '#525c70', link: '#0b57d0', line: '#c3cad6' },
  dark: { page: '#0f1420', card: '#1a2130', quote: '#232c3d', text: '#e8ebf2', muted: '#b3bccb', link: '#8ab4f8', line: '#465269' },
} as const;
/** On the button, in both. */
export const BUTTON = { ground: '#0b57d0', text: '#ffffff' } as const;

const { light, dark } = PALETTES;
const FONT = 'font-family:Segoe UI,Helvetica,Arial,sans-serif';

/** Styles stand at the elements, because many mail programs read no others. */
const STYLE = {
  page: `margin:0;padding:0;background:${light.page}`,
  frame: 'padding:24px 12px',
  card: `width:100%;max-width:${WIDTH_PX}px;background:${light.card};border:1px solid ${light.line};border-radius:8px`,
  inside: `padding:24px;text-align:left;${FONT};font-size:15px;line-height:1.5;color:${light.text};overflow-wrap:anywhere;word-break:break-word`,
  answer: `margin:0 0 16px;font-size:12px;color:${light.muted}`,
  headline: `margin:0 0 4px;font-size:20px;line-height:1.3;color:${light.text}`,
  subject: `margin:0 0 8px;color:${light.muted}`,
  heading: `margin:20px 0 6px;font-size:14px;line-height:1.3;color:${light.muted}`,
  line: 'margin:0 0 4px',
  list: 'margin:0;padding-left:24px',
  quote: `margin:4px 0 0;padding:8px 12px;background:${light.quote};border-left:3px solid ${light.line};white-space:pre-wrap`,
  link: `color:${light.link}`,
  remark: `color:${light.muted}`,
  button: `display:inline-block;padding:12px 20px;background:${BUTTON.ground};border-radius:6px;color:${BUTTON.text};font-weight:600;text-decoration:none`,
  footer: `margin:24px 0 0;padding-top:12px;border-top:1px solid ${light.line};font-size:12px;color:${light.muted}`,
  // Shown beside the subject in a list of mails, and nowhere in the mail.
  preview: 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px',
} as const;

const DARK_STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){.page{background:${dark.page}!important}.card{background:${dark.card}!important;border-color:${dark.line}!important}.text{color:${dark.text}!important}.muted{color:${dark.muted}!important;border-color:${dark.line}!important}.quote{background:${dark.quote}!important;border-color:${dark.line}!important}.link{color:${dark.link}!important}}`;

const TABLE = 'role="presentation" border="0" cellpadding="0" cellspacing="0"';
/** Outlook on Windows knows no greatest width. */
const OUTLOOK_BEGIN = `<!--[if mso]><table ${TABLE} width="${WIDTH_PX}"><tr><td><![endif]-->`;
const OUTLOOK_END = '<!--[if mso]></td></tr></table><![endif]-->';

/** What stands above and below the parts of a message. */
export interface MailFrame {
  readonly answerLine: string | null;
  readonly footer: string;
}

/** The message as a page of HTML: one column, nothing from elsewhere, no script, readable without its styles. */
export function mailHtmlOf(message: Message, sections: readonly Section[], { answerLine, footer }: MailFrame): string {
  const { words: { language }, headline, subjectLine } = message;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(subjectLine)}</title><style>${DARK_STYLE}</style></head>`,
    `<body class="page" style="${STYLE.page}"><div style="${STYLE.preview}">${escapeHtml(previewOf(sections))}</div>`,
    `<table ${TABLE} class="page" width="100%" style="${STYLE.page}"><tr><td align="center" style="${STYLE.frame}">${OUTLOOK_BEGIN}`,
    `<table ${TABLE} class="card" style="${STYLE.card}"><tr><td class="text" style="${STYLE.inside}">`,
    ...(answerLine === null ? [] : [`<p class="muted" style="${STYLE.answer}">${escapeHtml(answerLine)}</p>`]),
    `<h1 class="text" style="${STYLE.headline}">${escapeHtml(headline)}</h1><p class="muted" style="${STYLE.subject}">${escapeHtml(subjectLine)}</p>`,
    ...sections.map(sectionHtml),
    `<p class="muted" style="${STYLE.footer}">${escapeHtml(footer)}</p>`,
    `</td></tr></table>${OUTLOOK_END}</td></tr></table></body></html>`,
  ].join('\n');
}

/** What mailboxes show beside the subject: how the first two parts begin. */
function previewOf(sections: readonly Section[]): string {
  return sections.slice(0, 2).flatMap(({ lines }) => lines.slice(0, 1).map(({ text }) => text)).join(' ');
}

function sectionHtml({ heading, lines, isNumbered }: Section): string {
  const title = `<h2 class="muted" style="${STYLE.heading}">${escapeHtml(heading)}</h2>`;
  if (isNumbered === true) return `${title}<ol style="${STYLE.list}">${lines.map((line) => `<li style="${STYLE.line}">${lineHtml(line)}</li>`).join('')}</ol>`;
  return title + lines.map(blockHtml).join('');
}

function blockHtml(line: Line): string {
  const { label, text, url, button, isQuoted } = line;
  if (isQuoted === true) return `${label === undefined ? '' : `<p style="${STYLE.line}"><strong>${escapeHtml(label)}:</strong></p>`}<blockquote class="quote" style="${STYLE.quote}">${escapeHtml(text)}</blockquote>`;
  if (button !== undefined && url !== undefined && isWebLink(url)) return `<p style="${STYLE.line}">${escapeHtml(text)}.</p><p style="${STYLE.line}"><a href="${escapeHtml(url)}" style="${STYLE.button}">${escapeHtml(button)}</a></p>`;
  return `<p style="${STYLE.line}">${lineHtml(line)}</p>`;
}

function lineHtml({ label, text, url, remark }: Line): string {
  const before = label === undefined ? '' : `<strong>${escapeHtml(label)}:</strong> `;
  const shown = url !== undefined && isWebLink(url) ? `<a href="${escapeHtml(url)}" class="link" style="${STYLE.link}">${escapeHtml(text)}</a>` : escapeHtml(url === undefined || url === text ? text : `${text}: ${url}`);
  return `${before}${shown}${remark === undefined ? '' : ` <span class="muted" style="${STYLE.remark}">(${escapeHtml(remark)})</span>`}`;
}
