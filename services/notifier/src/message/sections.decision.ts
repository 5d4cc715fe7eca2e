import type { VisibleContact } from '@handoff/contracts';
import { oneLine } from './clean-text.js';
import type { Message, TicketMessage, TicketShown } from './message.js';
import type { ServiceRequest } from './service-request.decision.js';
import type { PlainKey } from './texts/template.js';
import type { Words } from './texts/words.js';

const URL_LENGTH_MAX = 2_048;

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
  /** What stands on a button that leads to `url`, where there are buttons. */
  readonly button?: string;
  /** As it was written, with its line breaks. */
  readonly isQuoted?: boolean;
}

/** What a message tells, part by part; a part that has nothing to tell is left out. */
export function sectionsOf(message: Message): readonly Section[] {
  const sections = message.about === 'ticket' ? ticketSections(message) : message.sections;
  return sections.filter(({ lines }) => lines.length > 0);
}

function ticketSections(message: TicketMessage): readonly Section[] {
  const { ticket, words } = message;
  return [
    { heading: words.text('heading.turn'), lines: message.turn.map((text) => ({ text })) },
    { heading: words.text('heading.to-do'), lines: message.toDo.map((text) => ({ text })), isNumbered: message.toDo.length > 1 },
    { heading: words.text('heading.acknowledge'), lines: message.acknowledgeUrl === null ? [] : [{ text: words.text('link.acknowledge'), url: message.acknowledgeUrl, button: words.text('button.acknowledge') }] },
    { heading: words.text('heading.service-request'), lines: message.serviceRequest === null ? [] : serviceRequestLines(message.serviceRequest, ticket, words) },
    { heading: words.text('heading.ticket'), lines: message.isForSource === true ? [] : factLines(ticket, words) },
    { heading: words.text('heading.comment'), lines: ticket.comment === null || ticket.comment.body === '' ? [] : [{ ...(ticket.comment.author === null ? {} : { label: oneLine(ticket.comment.author, 256) }), text: ticket.comment.body, isQuoted: true }] },
    { heading: words.text('heading.attachments'), lines: (ticket.attachments ?? []).map(({ name, url }) => documentLine(oneLine(name, 256), oneLine(url, URL_LENGTH_MAX))) },
    { heading: words.text('heading.description'), lines: message.isForSource === true || ticket.description === null || ticket.description === '' || message.serviceRequest !== null ? [] : [{ text: ticket.description, isQuoted: true }] },
    { heading: words.text('heading.documents'), lines: message.documents.map(({ title, url }) => documentLine(oneLine(title, 512), oneLine(url, URL_LENGTH_MAX))) },
    { heading: words.text('heading.contacts'), lines: message.contacts.flatMap((contact) => contactLines(contact, words)) },
    { heading: words.text('heading.why-you'), lines: [{ text: message.whyYou }] },
    { heading: words.text('heading.why'), lines: message.why.map(({ text, source }) => ({ text, ...(source === '' ? {} : { remark: words.say('remark.source', { source }) }) })) },
  ];
}

function documentLine(title: string, url: string): Line {
  return { text: title === '' ? url : title, url };
}

function factLines(ticket: TicketShown, words: Words): Line[] {
  const asker = words.asker(ticket.asker);
  const facts: readonly (readonly [Extract<PlainKey, `fact.${string}`>, string | null])[] = [
    ['fact.subject', ticket.subject], ['fact.number', words.say('value.number', { number: ticket.externalId, source: ticket.source })], ['fact.severity', words.severity(ticket.severity)],
    ['fact.area', words.area(ticket.area)], ['fact.status', ticket.status], ['fact.asked-by', ticket.requesterName === null ? asker : `${ticket.requesterName} (${asker})`],
    ['fact.offer', ticket.offerId], ['fact.customer', ticket.customerId], ['fact.subscription', ticket.subscriptionId], ['fact.service-request', serviceRequestFact(ticket.serviceRequest, words)],
  ];
  const link = ticket.url === null || ticket.url === '' ? [] : [{ label: words.text('fact.open'), text: ticket.url, url: ticket.url }];
  return [...facts.flatMap(([label, value]) => (value === null || value === '' ? [] : [{ label: words.text(label), text: oneLine(value, 1_024) }])), ...link];
}

function serviceRequestFact(request: TicketShown['serviceRequest'], words: Words): string | null {
  if (request === null) return null;
  return request.status === null ? request.number : words.say('value.service-request', { number: request.number, status: words.text(`service-request.status.${request.status}`) });
}

/** Field by field as Partner Center asks for it; the text of the ticket stands in its description. */
function serviceRequestLines({ workspace, problemType, title, description, url }: ServiceRequest, { severity }: TicketShown, words: Words): Line[] {
  const inWords = words.severity(severity);
  return [
    { text: words.text('link.service-request'), url, button: words.text('button.service-request') },
    { label: words.text('service-request.workspace'), text: workspace },
    { label: words.text('service-request.problem-type'), text: problemType, remark: words.text('remark.nearest') },
    ...(inWords === null ? [] : [{ label: words.text('fact.severity'), text: inWords }]),
    { label: words.text('service-request.title'), text: title },
    { label: words.text('heading.description'), text: description, isQuoted: true },
  ];
}

function contactLines(contact: VisibleContact, words: Words): Line[] {
  const { kind, partyName, name, email, phone, url } = contact;
  const ways = [email, phone].filter((way) => way !== undefined && way !== '').join(', ');
  const text = oneLine([name, ways].filter((part) => part !== undefined && part !== '').join(': '), 512);
  const remark = contact.for === 'customer' ? { remark: words.text('remark.pass-on') } : {};
  const label = partyName === null ? words.contact(kind) : words.say('contact.of', { contact: words.contact(kind), party: oneLine(partyName, 256) });
  const lines: Line[] = [];
  if (text !== '') lines.push({ label, text, ...remark });
  const site = url === undefined ? '' : oneLine(url, URL_LENGTH_MAX);
  if (site !== '') lines.push({ label, text: site, url: site, ...remark });
  return lines;
}

/** Who sent this, by which rules, and where an answer belongs. */
export function footerOf(message: Message, { areAnswersRead = false } = {}): string {
  if (message.about !== 'ticket') return message.footer;
  const { decision, ticketId, ticketVersion, words } = message;
  const sent = words.say('footer', { queue: oneLine(decision.queue, 256), ticket: ticketId, version: String(ticketVersion), matrix: oneLine(decision.matrixVersion, 256), row: oneLine(decision.row, 256) });
  return areAnswersRead ? sent : `${sent} ${words.text('footer.unread')}`;
}

/** Where the ticket of a message is, in its own system. */
export function ticketUrlOf(message: Message): string | null {
  return message.about === 'ticket' ? message.ticket.url : null;
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
