import type { ChannelCredentials } from '../manage-channels/channel-credentials.js';
import type { Message } from '../message/message.js';
import type { ForeignTicket } from './ticketing/foreign-ticket.js';
import type { SystemName } from './ticketing/ticketing-system.js';

/**
 * What came of one send. Texts hold neither passwords nor secrets.
 * - `accepted`: the contact's system took the message; `receipt` proves it. `foreignTicket`: what it is there now.
 * - `answered`: it answered, but did not take it. `status` is that of HTTP or SMTP.
 * - `timeout`, `unreachable`: no clear answer; it may have taken the message all the same.
 * - `forbidden`: we do not send there (an internal address).
 * - `unclear`: it answered, but whether it took the message is unclear (`malformed`), or it was busy with the same ticket (`conflict`).
 * - `unusable`: the channel is gone or disabled.
 */
export type Answer =
  | { readonly kind: 'accepted'; readonly receipt: string; readonly foreignTicket?: ForeignTicket }
  | { readonly kind: 'answered'; readonly protocol: 'http' | 'smtp'; readonly status: number; readonly detail: string; readonly retryAfterMs: number | null }
  | { readonly kind: 'unclear'; readonly code: 'malformed' | 'conflict'; readonly detail: string }
  | { readonly kind: 'timeout' | 'unreachable' | 'forbidden' | 'unusable'; readonly detail: string };

/** Where a channel sends to. */
export interface MailAddress {
  readonly address: string;
  readonly name: string | null;
}

export interface WebhookAddress {
  readonly url: string;
  /** Those that hold, the newest first: `whsec_` or `whsk_`, and base64. */
  readonly secrets: readonly string[];
  readonly credentials: ChannelCredentials | null;
}

/** The URL of an incoming webhook of a chat; whoever has it can post. */
export interface ChatAddress {
  readonly url: string;
}

/** Slack can show a button beside, that is sent back with this value; `null`: no button. */
export interface SlackAddress extends ChatAddress {
  readonly buttonValue: string | null;
}

/** A ticketing system of the contact's own. */
export interface TicketingAddress {
  readonly channelId: string;
  readonly system: SystemName;
  readonly baseUrl: string;
  /** As its channel has them; the system parses them. */
  readonly settings: unknown;
  /** JSON. */
  readonly credentials: string;
  /** Through which source news of its tickets comes back; `null`: none does. */
  readonly newsSource: string | null;
  /** It is the system that the tickets came from: nothing is opened there. */
  readonly isSource: boolean;
}

/** One way to send messages. Every attempt of a notification carries the same id, so that a receiver can drop what it has. */
export interface Channel<To, Takes extends Message = Message> {
  /** Never rejects: a failure is an answer. Gives up when `signal` aborts. */
  send(message: Takes, to: To, signal: AbortSignal): Promise<Answer>;
}

const DETAIL_LENGTH_MAX = 512;

/** A text from outside, fit to be stored and shown: short, one line, without these secrets. */
export function safeDetail(text: string, secrets: readonly string[] = []): string {
  const clean = secrets.filter((secret) => secret !== '').reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
  return clean.replace(/[\p{Cc}\u2028\u2029\ufffd]+/gu, ' ').replace(/ {2,}/g, ' ').trim().slice(0, DETAIL_LENGTH_MAX).toWellFormed();
}
