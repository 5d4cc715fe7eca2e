import nodemailer from 'nodemailer';
import type { Message } from '../../message/message.js';
import { type Answer, type Channel, type MailAddress, safeDetail } from '../channel.js';
import type { DkimKey } from './dkim-key.js';
import type { MailAddresses } from '../../receive-mail/mail-addresses.js';
import { mailBodyOf } from './mail-body.decision.js';
import { smtpAnswerOf } from './smtp-answer.decision.js';

export interface MailSettings {
  readonly smtpUrl: string;
  readonly from: string;
  /** Right half of Message-IDs. */
  readonly domain: string;
  readonly connectionsMax: number;
  readonly sendTimeoutMs: number;
  /** Absent: mail is not signed here. */
  readonly dkim?: DkimKey | null;
  /** Where answers and reports of mail servers go; absent: nobody reads them. */
  readonly addresses?: Pick<MailAddresses, 'replyAddressOf' | 'bounceAddressOf'> | null;
}

const MESSAGES_A_CONNECTION_MAX = 500;

/** The Message-ID of a notification, the same at every attempt. */
export function messageIdOf(notificationId: string, domain: string): string {
  return `<${notificationId}@${domain}>`;
}

/** Mail over a pool of SMTP connections. Delivered means: the mail server took it. */
export class MailChannel implements Channel<MailAddress> {
  private readonly transport: ReturnType<typeof createPool>;
  private readonly secrets: readonly string[];

  constructor(private readonly settings: MailSettings) {
    this.transport = createPool(settings);
    const { username, password } = new URL(settings.smtpUrl);
    this.secrets = [password, decodeURIComponent(password), basicOf(username, password)].filter((secret) => secret !== '');
  }

  async send(message: Message, to: MailAddress, signal: AbortSignal): Promise<Answer> {
    try {
      const info = await this.transport.sendMail({ ...this.headersOf(message), ...this.returnsOf(message, to), ...mailBodyOf(message, { areAnswersRead: this.settings.addresses != null }), to: { name: to.name ?? '', address: to.address }, signal });
      return { kind: 'accepted', receipt: safeDetail(info.response, this.secrets) };
    } catch (error) {
      return smtpAnswerOf(error, this.secrets);
    }
  }

  close(): Promise<void> {
    this.transport.close();
    return Promise.resolve();
  }

  /** Where this mail is answered, and its sender on the envelope: one of each for every message. What is about no ticket is not answered. */
  private returnsOf({ notificationId, about }: Message, to: MailAddress) {
    const { addresses } = this.settings;
    if (addresses == null) return {};
    return { ...(about === 'ticket' ? { replyTo: addresses.replyAddressOf(notificationId) } : {}), envelope: { from: addresses.bounceAddressOf(notificationId), to: to.address } };
  }

  private headersOf({ about, notificationId, ticketId, subjectLine, words }: Message) {
    const thread = messageIdOf(ticketId, this.settings.domain);
    return {
      from: this.settings.from,
      subject: subjectLine,
      messageId: messageIdOf(notificationId, this.settings.domain),
      inReplyTo: thread,
      references: [thread],
      // RFC 3834 and [MS-OXCMAIL] 2.1.3.2.20: no absence notices and the like in answer.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...(about === 'ticket' ? { 'X-Handoff-Ticket': ticketId } : {}), 'Content-Language': words.language },
    };
  }
}

function createPool({ smtpUrl, connectionsMax, sendTimeoutMs, dkim }: MailSettings) {
  return nodemailer.createTransport({
    pool: true,
    url: smtpUrl,
    maxConnections: connectionsMax,
    maxMessages: MESSAGES_A_CONNECTION_MAX,
    // Messages are tried again by schedule; the pool repeats only what never left because a kept connection was closed.
    maxRequeues: 1,
    connectionTimeout: sendTimeoutMs,
    greetingTimeout: sendTimeoutMs,
    socketTimeout: sendTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim == null ? {} : { dkim }),
  });
}

/** User and password as SMTP's AUTH PLAIN and LOGIN send them; a server may repeat them in its answer. */
function basicOf(username: string, password: string): string {
  return password === '' ? '' : Buffer.from(`\u0000${decodeURIComponent(username)}\u0000${decodeURIComponent(password)}`).toString('base64');
}
