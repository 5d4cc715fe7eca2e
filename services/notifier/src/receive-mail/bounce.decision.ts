import { safeDetail } from '../channels/channel.js';
import type { IncomingMail } from './incoming-mail.js';

/** What a delivery status notification (RFC 3464) says of our message. */
export interface Bounce {
  /** `failed`: it was given up, and no server tries any more. `delayed`: it may still arrive, or did. */
  readonly outcome: 'failed' | 'delayed';
  /** Enhanced status code (RFC 3463), as 5.1.1; `null`: none was given. */
  readonly status: string | null;
  /** Whom it could not be delivered to, in lower case. */
  readonly recipients: readonly string[];
  /** One sentence, fit to be shown. */
  readonly detail: string;
}

type Fields = ReadonlyMap<string, string>;

const STATUS = /^\s*([245]\.\d{1,3}\.\d{1,3})\b/;
const GROUPS_MAX = 100;

/** What a report says; `null`: it is no report of a delivery, or says nothing that can be read. */
export function bounceOf({ deliveryStatus }: Pick<IncomingMail, 'deliveryStatus'>): Bounce | null {
  if (deliveryStatus === null) return null;
  // The first group is about the message, each further one about a recipient. Some servers leave the first out.
  const groups = deliveryStatus.split(/\r?\n(?:[ \t]*\r?\n)+/).slice(0, GROUPS_MAX).map(fieldsOf).filter((fields) => fields.has('action') || fields.has('status'));
  const worst = groups.find((fields) => outcomeOf(fields) === 'failed') ?? groups[0];
  if (worst === undefined) return null;
  const outcome = outcomeOf(worst);
  const recipients = recipientsOf(worst);
  return { outcome, status: statusOf(worst), recipients, detail: detailOf(worst, { outcome, recipients }) };
}

/** Whether a report names this address. */
export function isAbout({ recipients }: Bounce, address: string): boolean {
  return recipients.includes(address.toLowerCase());
}

/** RFC 3464 section 2.3.3. The action decides, also where the status of the last attempt was a temporary one (4.4.7: tried for too long). */
function outcomeOf(fields: Fields): Bounce['outcome'] {
  const action = (fields.get('action') ?? '').toLowerCase();
  if (action !== '') return action.startsWith('failed') ? 'failed' : 'delayed';
  return statusOf(fields)?.startsWith('5') === true ? 'failed' : 'delayed';
}

function statusOf(fields: Fields): string | null {
  return STATUS.exec(fields.get('status') ?? '')?.[1] ?? null;
}

function recipientsOf(fields: Fields): readonly string[] {
  const addresses = ['original-recipient', 'final-recipient'].flatMap((name) => {
    const value = fields.get(name);
    // `rfc822; support@contoso.example`
    return value === undefined ? [] : [value.slice(value.indexOf(';') + 1).trim().replace(/^<(.*)>$/, '$1').toLowerCase()];
  });
  return [...new Set(addresses.filter((address) => address !== ''))];
}

function detailOf(fields: Fields, { outcome, recipients }: Pick<Bounce, 'outcome' | 'recipients'>): string {
  const diagnostic = fields.get('diagnostic-code')?.replace(/^\s*[\w-]+\s*;\s*/, '') ?? '';
  const status = statusOf(fields);
  const said = [status === null || diagnostic.includes(status) ? '' : status, diagnostic].filter((part) => part !== '').join(' ');
  const to = recipients[0] === undefined ? '' : ` to ${recipients[0]}`;
  const what = outcome === 'failed' ? `A mail server could not deliver the message${to}` : `A mail server has not delivered the message${to} yet`;
  return safeDetail(said === '' ? `${what}.` : `${what}: ${said}`);
}

/** Header fields of one group, unfolded; of a field that is there twice, the first. */
function fieldsOf(group: string): Fields {
  const fields = new Map<string, string>();
  for (const line of group.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}
