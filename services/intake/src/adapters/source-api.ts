import type { Instant } from '@handoff/contracts';
import type { ZodType } from 'zod';
import type { AdapterSettings, MapContext, ReportedTicket } from './adapter.js';

/** Calls to a source's own interface. Whoever makes one binds its address, its credentials and its limits. */
export interface ApiCalls {
  /**
   * @param path below the source's base URL, with its query, as `/api/v2/tickets/7.json?include=users`.
   * @returns the JSON of a 2xx answer; `null` for 404 and 410.
   * @throws ApiRefused when asking again would not help, ApiBusy when it may; any other error is a fault of ours.
   */
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
}

/** The source's interface answered that it will not answer: credentials or rights are missing, or the call is wrong. */
export class ApiRefused extends Error {
  override readonly name = 'ApiRefused';
}

/** The source's interface cannot answer now, or asked us to wait. */
export class ApiBusy extends Error {
  override readonly name = 'ApiBusy';

  /** @param retryAfterMs sooner it makes no sense to ask again; `null`: it did not say. */
  constructor(message: string, readonly retryAfterMs: number | null) {
    super(message);
  }
}

/** How Handoff signs in to a source's interface. */
export const API_AUTHS = ['basic', 'bearer', 'headers', 'oauth2-client-credentials', 'oauth2-refresh-token'] as const;
export type ApiAuth = (typeof API_AUTHS)[number];

/** A ticket that was read, not delivered. */
export interface ReadTicket extends ReportedTicket {
  /** When it was last changed in its system: a poll goes on from there. */
  readonly updatedAt: Instant;
  /** What the system said, for the source's mapping: its rules look into it as into a delivered payload. */
  readonly payload: unknown;
}

export interface ReadContext extends MapContext {
  readonly api: ApiCalls;
  readonly now: Date;
}

export interface PollQuery {
  /** Tickets that were changed at this time or later. */
  readonly since: Date;
}

/** Reading tickets from the system itself. */
export interface SourceApi {
  /** What a source may sign in with, the usual one first. */
  readonly auth: readonly ApiAuth[];
  /** The host that the base URL must have, where the vendor runs all of them; `null`: any that the egress rules allow. */
  readonly hosts: RegExp | null;
  /** Requests a second that the vendor certainly allows. */
  readonly requestsPerSecondMax: number;
  /** Sent with every call. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the credentials hold beside the usual, as headers; checked when the source is written. */
  readonly settings?: ZodType<AdapterSettings>;
  /** The whole ticket in place of a thin one; `null`: it is no longer there. */
  complete(ticket: ReportedTicket, context: ReadContext): Promise<ReadTicket | null>;
  /**
   * Tickets changed since a time, the oldest change first, page by page. Each is taken under its `stateKey`, unless a
   * webhook brought that state or a later one already.
   */
  updatedSince?(query: PollQuery, context: ReadContext): AsyncIterable<ReadTicket>;
}

const STATE = 'state:';

/** The key of a state of a ticket. Systems without an id for each event use it for webhooks too, so that a poll says the same. */
export function stateKey(externalId: string, updatedAt: Instant): string {
  return `${STATE}${externalId}:${updatedAt}`;
}

/** The key under which an event is taken. One that is thin must not have that of its whole state, which is read and told after it. */
export function keyOfEvent(key: string, isThin: boolean): string {
  return isThin && key.startsWith(STATE) ? `thin:${key}` : key;
}
