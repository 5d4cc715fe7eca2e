import { escapeHtml } from '../../message/escape-html.js';
import type { Message } from '../../message/message.js';
import { plainText } from '../../message/plain-text.decision.js';
import { footerOf, isWebLink, type Line, type Section, sectionsOf } from '../../message/sections.decision.js';

export interface MailBody {
  readonly text: string;
  readonly html: string;
}

export function mailBodyOf(message: Message): MailBody {
  const sections = sectionsOf(message);
  return { text: `${plainText(message.headline, sections)}\n\n${footerOf(message)}\n`, html: htmlOf(message, sections) };
}

const STYLE = {
  body: 'margin:0;padding:24px;background:#f4f5f7;color:#1c2333;font:15px/1.5 Segoe UI,Helvetica,Arial,sans-serif',
  card: 'max-width:640px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #dfe3ea;border-radius:8px',
  headline: 'margin:0 0 4px;font-size:20px;line-height:1.3',
  subject: 'margin:0 0 16px;color:#5a6478',
  heading: 'margin:20px 0 6px;font-size:13px;text-transform:uppercase;letter-spacing:.04em;color:#5a6478',
  list: 'margin:0;padding-left:20px',
  quote: 'margin:4px 0 0;padding:8px 12px;background:#f4f5f7;border-left:3px solid #c3cad6;white-space:pre-wrap',
  footer: 'margin:24px 0 0;padding-top:12px;border-top:1px solid #dfe3ea;font-size:12px;color:#5a6478',
} as const;

function htmlOf(message: Message, sections: readonly Section[]): string {
  const parts = sections.map(({ heading, lines, isNumbered }) => {
    const items = lines.map(htmlLine);
    const list = isNumbered === true ? `<ol style="${STYLE.list}">${items.map((item) => `<li>${item}</li>`).join('')}</ol>` : items.map((item) => `<div>${item}</div>`).join('');
    return `<h2 style="${STYLE.heading}">${escapeHtml(heading)}</h2>${list}`;
  });
  return [
    `<!doctype html><html lang="${message.words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${escapeHtml(message.subjectLine)}</title></head><body style="${STYLE.body}"><div style="${STYLE.card}">`,
    `<h1 style="${STYLE.headline}">${escapeHtml(message.headline)}</h1><p style="${STYLE.subject}">${escapeHtml(message.subjectLine)}</p>`,
    ...parts,
    `<p style="${STYLE.footer}">${escapeHtml(footerOf(message))}</p></div></body></html>`,
  ].join('\n');
}

function htmlLine({ label, text, url, remark, isQuoted }: Line): string {
  const before = label === undefined ? '' : `<strong>${escapeHtml(label)}:</strong> `;
  if (isQuoted === true) return `${before}<div style="${STYLE.quote}">${escapeHtml(text)}</div>`;
  const shown = url !== undefined && isWebLink(url) ? `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>` : escapeHtml(url === undefined || url === text ? text : `${text}: ${url}`);
  return `${before}${shown}${remark === undefined ? '' : ` <span style="color:#5a6478">(${escapeHtml(remark)})</span>`}`;
}
