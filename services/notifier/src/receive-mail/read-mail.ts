import { type AddressObject, type Attachment, type HeaderValue, simpleParser } from 'mailparser';
import type { IncomingMail, MailAttachment } from './incoming-mail.js';

const HTML_CHARS_MAX = 500_000;
const PARTS_MAX = 100;
const HEAD_BYTES_MAX = 262_144;
const MESSAGE_ID = /^message-id:\s*(<[^<>\s]{1,900}>)/im;
/** Parts of a report that say what it is about; all else that is no text is an attachment. */
const DELIVERY_STATUS = new Set(['message/delivery-status', 'message/global-delivery-status']);
const RETURNED = new Set(['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers']);

/** @throws Error where the mail has too many parts, or too large a head. */
export async function readMail(raw: Buffer, envelopeFrom: string): Promise<IncomingMail> {
  const mail = await simpleParser(raw, {
    keepDeliveryStatus: true, ignoreEmbedded: true, skipTextToHtml: true, skipImageLinks: true, keepCidLinks: true, checksumAlgo: false,
    maxHtmlLengthToParse: HTML_CHARS_MAX, maxChildNodes: PARTS_MAX, maxHeadSize: HEAD_BYTES_MAX,
  });
  const contentType = mail.headers.get('content-type');
  const reportType = isStructured(contentType) && contentType.value.toLowerCase() === 'multipart/report' ? (contentType.params['report-type'] ?? '').toLowerCase() : null;
  const returned = reportType === null ? [] : mail.attachments.filter((part) => RETURNED.has(part.contentType));
  const status = mail.attachments.filter((part) => DELIVERY_STATUS.has(part.contentType));
  return {
    messageId: mail.messageId ?? null, envelopeFrom, from: senderOf(mail.from), subject: mail.subject ?? '', text: mail.text ?? '', reportType, hops: mail.headerLines.filter(({ key }) => key === 'received').length,
    headers: new Map(mail.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).replace(/\r?\n\s+/g, ' ').trim()])),
    attachments: mail.attachments.filter((part) => !status.includes(part) && !returned.includes(part)).map(attachmentOf),
    deliveryStatus: status.length === 0 ? null : status.map(({ content }) => content.toString('utf8')).join('\n\n'),
    returnedMessageId: returned.map(({ content }) => MESSAGE_ID.exec(headOf(content))?.[1]).find((id) => id !== undefined) ?? null,
  };
}

/** The returned headers, unfolded and without the body behind them. */
function headOf(content: Buffer): string {
  const text = content.subarray(0, HEAD_BYTES_MAX).toString('utf8');
  return (text.split(/\r?\n\r?\n/, 1)[0] ?? '').replace(/\r?\n[ \t]+/g, ' ');
}

function senderOf(from: AddressObject | undefined): IncomingMail['from'] {
  const [first] = from?.value ?? [];
  if (first?.address === undefined || first.address === '') return null;
  return { name: first.name === '' ? null : first.name, address: first.address };
}

function attachmentOf({ filename, contentType, size }: Attachment): MailAttachment {
  return { name: filename ?? '', contentType, bytes: size };
}

function isStructured(value: HeaderValue | undefined): value is Extract<HeaderValue, { params: unknown }> {
  return typeof value === 'object' && 'params' in value && 'value' in value && typeof value.value === 'string';
}
