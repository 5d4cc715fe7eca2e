import { Problem } from '@handoff/platform';
import { Parser } from 'htmlparser2';

/** What an outbound message says of one record. */
export interface Notification {
  /** The same at each try. */
  readonly id: string;
  /** As `Case`. */
  readonly type: string;
  /** The fields that were chosen for the message; `null` where they are empty. */
  readonly record: Readonly<Record<string, string | null>>;
}

export interface OutboundMessage {
  readonly organizationId: string;
  /** The address of the organisation's interface, as `https://adatum.my.salesforce.com/services/Soap/c/60.0/00D…`. */
  readonly enterpriseUrl: string | null;
  readonly notifications: readonly Notification[];
}

const LEVELS_MAX = 8;
const NOTIFICATIONS = 'Envelope/Body/notifications';
const RECORD = `${NOTIFICATIONS}/Notification/sObject`;

/**
 * Reads the SOAP envelope of an outbound message. The session id in it, with which one could act in the organisation, is left
 * out. Declarations are refused, so that no entity is ever defined.
 * @throws Problem 400 `invalid-xml`, 422 `field-missing`.
 */
export function readOutboundMessage(rawBody: Buffer): OutboundMessage {
  const reader = new EnvelopeReader();
  const xml = rawBody.toString('utf8');
  const parser = new Parser({
    onopentag: (name, attributes) => reader.open(localName(name), attributes),
    ontext: (text) => reader.write(text),
    onclosetag: (_name, isImplied) => reader.close(isImplied && xml[parser.endIndex - 1] !== '/'),
    onprocessinginstruction: (name) => {
      if (name.startsWith('!')) throw invalidXml('it has a document type or another declaration');
    },
  }, { xmlMode: true });
  parser.end(xml);
  return reader.message();
}

/** Follows the elements by their path, whatever prefixes they have. */
class EnvelopeReader {
  private readonly path: string[] = [];
  private text = '';
  private isClosed = false;
  private isNil = false;
  private readonly head = new Map<string, string>();
  private readonly notifications: Notification[] = [];
  private id = '';
  private type = '';
  private record = new Map<string, string | null>();

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.path.push(name);
    if (this.path.length > LEVELS_MAX) throw invalidXml(`it is nested deeper than ${LEVELS_MAX} levels`);
    this.text = '';
    const told = new Map(Object.entries(attributes).map(([key, value]) => [localName(key), value]));
    this.isNil = told.get('nil') === 'true';
    if (this.at === `${NOTIFICATIONS}/Notification`) [this.id, this.type, this.record] = ['', '', new Map()];
    if (this.at === RECORD) this.type = localName(told.get('type') ?? '');
  }

  write(text: string): void {
    this.text += text;
  }

  close(isMissing: boolean): void {
    if (isMissing) throw invalidXml(`'${this.path.at(-1) ?? ''}' is not closed`);
    const parent = this.path.slice(0, -1).join('/');
    const name = this.path.at(-1) ?? '';
    const value = this.text.trim();
    if (parent === NOTIFICATIONS) this.head.set(name, value);
    if (parent === `${NOTIFICATIONS}/Notification` && name === 'Id') this.id = value;
    // A compound field, as an address, has elements of its own; none of them is a field of the record.
    if (parent === RECORD) this.record.set(name, this.isNil || value === '' ? null : this.text);
    if (this.at === `${NOTIFICATIONS}/Notification`) this.notifications.push({ id: this.id, type: this.type, record: Object.fromEntries(this.record) });
    if (this.at === 'Envelope') this.isClosed = true;
    this.path.pop();
    this.text = '';
    this.isNil = false;
  }

  message(): OutboundMessage {
    if (!this.isClosed) throw invalidXml('it has no SOAP envelope');
    const organizationId = this.head.get('OrganizationId');
    if (organizationId === undefined || organizationId === '') throw new Problem(422, 'field-missing', "The message has no 'OrganizationId'.", { fields: [{ field: 'OrganizationId', detail: 'must be a text that is not empty' }] });
    return { organizationId, enterpriseUrl: this.head.get('EnterpriseUrl') ?? null, notifications: this.notifications };
  }

  private get at(): string {
    return this.path.join('/');
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function invalidXml(detail: string): Problem {
  return new Problem(400, 'invalid-xml', `The body is no outbound message: ${detail}.`);
}
