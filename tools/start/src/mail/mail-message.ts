import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';

/** What the list shows, and what is searched. */
export interface MailSummary {
  readonly id: string;
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly messageId: string | null;
  readonly from: string;
  /** Addresses of the To header and of the envelope. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly sizeBytes: number;
  /** The beginning of the text, for searching. */
  readonly text: string;
}

/** A whole message, parsed, with its source. */
export interface MailMessage extends Omit<MailSummary, 'text'> {
  readonly text: string | null;
  readonly html: string | null;
  /** By lower-case name; the values of a repeated header are separated by line ends. */
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: string;
}

export interface Arrival {
  readonly id: string;
  readonly receivedAt: string;
  readonly recipients: readonly string[];
}

const SEARCH_TEXT_CHARS_MAX = 4_000;

export async function summarise(raw: Buffer, arrival: Arrival): Promise<MailSummary> {
  const mail = await simpleParser(raw, { skipImageLinks: true });
  return {
    id: arrival.id,
    receivedAt: arrival.receivedAt,
    messageId: mail.messageId ?? null,
    from: addresses(mail.from).join(', '),
    to: [...new Set([...addresses(mail.to), ...arrival.recipients])],
    subject: mail.subject ?? '',
    sizeBytes: raw.length,
    text: (mail.text ?? '').slice(0, SEARCH_TEXT_CHARS_MAX),
  };
}

export async function parseWhole(raw: Buffer, summary: MailSummary): Promise<MailMessage> {
  const mail = await simpleParser(raw, { skipImageLinks: true });
  return {
    ...summary,
    text: mail.text ?? null,
    html: mail.html || null,
    headers: headersOf(mail),
    raw: raw.toString('utf8'),
  };
}

function addresses(header: AddressObject | AddressObject[] | undefined): string[] {
  const groups = header === undefined ? [] : Array.isArray(header) ? header : [header];
  return groups.flatMap((group) => group.value.map(({ address }) => address ?? '')).filter(Boolean);
}

function headersOf(mail: ParsedMail): Record<string, string> {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { key, line } of mail.headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n\s+/g, ' ')
      .trim();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}\n${value}`;
  }
  return headers;
}
