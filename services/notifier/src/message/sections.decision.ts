import type { VisibleContact } from '@handoff/contracts';
import type { Message, TicketShown } from './message.js';
import { areaWords, contactWords, oneLine, severityWords } from './words.js';

/** One part of a message: a heading and lines under it. Every channel is made from the same parts, so none tells more than another. */
export interface Section {
  readonly heading: string;
  readonly lines: readonly Line[];
  readonly isNumbered?: boolean;
}

/** Text, where `url` is given a link, and behind it a remark. */
export interface Line {
  readonly label?: string;
  readonly text: string;
  readonly url?: string;
  readonly remark?: string;
  /** As it was written, with its line breaks. */
  readonly isQuoted?: boolean;
}

/** What a message tells, part by part; a part that has nothing to tell is left out. */
export function sectionsOf(message: Message): readonly Section[] {
  const { ticket } = message;
  const sections: Section[] = [
    { heading: 'Whose turn it is', lines: message.turn.map((text) => ({ text })) },
    { heading: 'What to do', lines: message.toDo.map((text) => ({ text })), isNumbered: message.toDo.length > 1 },
    { heading: 'Acknowledge', lines: message.acknowledgeUrl === null ? [] : [{ text: 'Say that you work on it, so that nobody else is asked', url: message.acknowledgeUrl }] },
    { heading: 'The ticket', lines: factLines(ticket) },
    { heading: 'New comment', lines: ticket.comment === null ? [] : [{ ...(ticket.comment.author === null ? {} : { label: ticket.comment.author }), text: ticket.comment.body, isQuoted: true }] },
    { heading: 'Description', lines: ticket.description === null || ticket.description === '' ? [] : [{ text: ticket.description, isQuoted: true }] },
    { heading: 'Documents of the offer', lines: message.documents.map(({ title, url }) => ({ text: oneLine(title, 512), url })) },
    { heading: 'Contacts you may use', lines: message.contacts.flatMap(contactLines) },
    { heading: 'Why', lines: message.why.map(({ text, source }) => ({ text, ...(source === '' ? {} : { remark: `Source: ${source}` }) })) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
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

/** Who sent this, by which rules, and where an answer belongs. */
export function footerOf({ decision, ticketId, ticketVersion }: Message): string {
  return `Sent by Handoff for the queue ${decision.queue}. Ticket ${ticketId}, version ${ticketVersion}; rules ${decision.matrixVersion}, row ${decision.row}. Answers to this address are not read: answer in the ticket's own system.`;
}

/** Only these become links: `javascript:` and the like stay text. */
export function isWebLink(url: string): boolean {
  const protocol = URL.parse(url)?.protocol;
  return protocol === 'https:' || protocol === 'http:';
}

/** The same with less: texts of at most so many characters, parts of at most so many lines. The ticket itself has the rest. */
export function shortened(sections: readonly Section[], { charsMax, linesMax }: { readonly charsMax: number; readonly linesMax: number }): readonly Section[] {
  return sections.map((section) => ({ ...section, lines: section.lines.slice(0, linesMax).map((line) => ({ ...line, text: cut(line.text, charsMax) })) }));
}

function cut(text: string, charsMax: number): string {
  return text.length <= charsMax ? text : `${text.slice(0, charsMax - 1).toWellFormed().trimEnd()}…`;
}
