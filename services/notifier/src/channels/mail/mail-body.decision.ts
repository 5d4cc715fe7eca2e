import type { VisibleContact } from '@handoff/contracts';
import type { Message, TicketShown } from '../../message/message.js';
import { areaWords, contactWords, oneLine, severityWords } from '../../message/words.js';

export interface MailBody {
  readonly text: string;
  readonly html: string;
}

/** One part of a mail: a heading and lines under it. Both bodies are made from the same parts, so neither tells more. */
interface Section {
  readonly heading: string;
  readonly lines: readonly Line[];
  readonly isNumbered?: boolean;
}

/** Text, where `url` is given a link, and behind it a remark. */
interface Line {
  readonly label?: string;
  readonly text: string;
  readonly url?: string;
  readonly remark?: string;
  /** As it was written, with its line breaks. */
  readonly isQuoted?: boolean;
}

export function mailBodyOf(message: Message): MailBody {
  const sections = sectionsOf(message).filter(({ lines }) => lines.length > 0);
  return { text: textOf(message, sections), html: htmlOf(message, sections) };
}

function sectionsOf(message: Message): Section[] {
  const { ticket } = message;
  return [
    { heading: 'Whose turn it is', lines: message.turn.map((text) => ({ text })) },
    { heading: 'What to do', lines: message.toDo.map((text) => ({ text })), isNumbered: message.toDo.length > 1 },
    { heading: 'The ticket', lines: factLines(ticket) },
    { heading: 'New comment', lines: ticket.comment === null ? [] : [{ ...(ticket.comment.author === null ? {} : { label: ticket.comment.author }), text: ticket.comment.body, isQuoted: true }] },
    { heading: 'Description', lines: ticket.description === null || ticket.description === '' ? [] : [{ text: ticket.description, isQuoted: true }] },
    { heading: 'Documents of the offer', lines: message.documents.map(({ title, url }) => ({ text: oneLine(title, 512), url })) },
    { heading: 'Contacts you may use', lines: message.contacts.flatMap(contactLines) },
    { heading: 'Why', lines: message.why.map(({ text, source }) => ({ text, ...(source === '' ? {} : { remark: `Source: ${source}` }) })) },
  ];
}

function factLines(ticket: TicketShown): Line[] {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Subject', ticket.subject], ['Number', `${ticket.externalId} in ${ticket.source}`], ['Severity', severityWords(ticket.severity)],
    ['Area', areaWords(ticket.area)], ['Status', ticket.status], ['Asked by', ticket.requesterName === null ? ticket.asker : `${ticket.requesterName} (${ticket.asker})`],
    ['Offer', ticket.offerId], ['Customer', ticket.customerId], ['Subscription', ticket.subscriptionId],
  ];
  const link = ticket.url === null ? [] : [{ label: 'Open it', text: ticket.url, url: ticket.url }];
  return [...facts.flatMap(([label, value]) => (value === null || value === '' ? [] : [{ label, text: oneLine(value, 1_024) }])), ...link];
}

function contactLines(contact: VisibleContact): Line[] {
  const { kind, partyName, name, email, phone, url } = contact;
  const ways = [email, phone].filter((way) => way !== undefined && way !== '').join(', ');
  const text = oneLine([name, ways].filter((part) => part !== undefined && part !== '').join(': '), 512);
  const remark = contact.for === 'customer' ? { remark: 'You may pass this on to the customer.' } : {};
  const label = `${contactWords(kind)}${partyName === null ? '' : ` of ${oneLine(partyName, 256)}`}`;
  const lines: Line[] = [];
  if (text !== '') lines.push({ label, text, ...remark });
  if (url !== undefined && url !== '') lines.push({ label, text: url, url, ...remark });
  return lines;
}

function textOf(message: Message, sections: readonly Section[]): string {
  const parts = sections.map(({ heading, lines, isNumbered }) => `${heading}\n${'-'.repeat(heading.length)}\n${lines.map((line, index) => textLine(line, isNumbered === true ? `${index + 1}. ` : '')).join('\n')}`);
  return `${[message.headline, ...parts, footerOf(message)].join('\n\n')}\n`;
}

function textLine({ label, text, url, remark, isQuoted }: Line, number: string): string {
  const before = label === undefined ? '' : `${label}: `;
  if (isQuoted === true) return `${before === '' ? '' : `${before}\n`}${text.split('\n').map((line) => `> ${line}`).join('\n')}`;
  const after = `${url === undefined || url === text ? '' : `: ${url}`}${remark === undefined ? '' : ` (${remark})`}`;
  return `${number}${before}${text}${after}`;
}

function footerOf({ decision, ticketId, ticketVersion }: Message): string {
  return `Sent by Handoff for the queue ${decision.queue}. Ticket ${ticketId}, version ${ticketVersion}; rules ${decision.matrixVersion}, row ${decision.row}. Answers to this address are not read: answer in the ticket's own system.`;
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
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
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

/** Only these become links: `javascript:` and the like stay text. */
function isWebLink(url: string): boolean {
  const protocol = URL.parse(url)?.protocol;
  return protocol === 'https:' || protocol === 'http:';
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
