import type { Change, Instant, Severity, TicketFields } from '@handoff/contracts';
import type { ZodType } from 'zod';
import type { FactName } from '../mapping/mapping.js';
import type { SourceApi } from './source-api.js';

/** A webhook as it came. Header names are in lower case. */
export interface WebhookRequest {
  readonly method: string;
  /** As the sender wrote it: our public address, the path and the query. Some systems sign it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawBody: Buffer;
}

/** By what a webhook is believed. */
export interface Trust {
  /** Secrets that hold now; during a rotation there are several. */
  readonly secrets: readonly string[];
  readonly now: Date;
  /** How far the sender's clock may be away, both ways; `null`: its time is not checked. */
  readonly toleranceSeconds: number | null;
  /** What the source set up for its adapter, in the form of the adapter's `settings`. */
  readonly settings: AdapterSettings;
  /**
   * Fetches a certificate or a set of keys that a signature names, or takes it from a cache. The adapter checks the host first.
   * @throws Problem 503 `signing-key-unavailable` when it cannot be had now: nothing is known of the signature then.
   */
  readonly download: (url: string, headers?: Readonly<Record<string, string>>) => Promise<Buffer>;
}

export type AdapterSettings = Readonly<Record<string, unknown>>;

/** What an adapter may know of the source while it maps. */
export interface MapContext {
  /** Severity by priority, in lower case, before the adapter's own table. */
  readonly severities: Readonly<Record<string, Severity>>;
  readonly receivedAt: Date;
  readonly settings: AdapterSettings;
}

/** What a payload says about a ticket. */
export interface ReportedTicket {
  readonly externalId: string;
  readonly externalUrl: string | null;
  readonly change: Change;
  readonly occurredAt: Instant;
  readonly fields: TicketFields;
  /** Who caused the change, by the system's own id; a source lists the ids under which Handoff itself writes there. */
  readonly actor?: string;
  /** The system sent little more than the id; `api.complete` reads the rest. */
  readonly isThin?: true;
}

/** A genuine event that changes no ticket. `reason` is a sentence. */
export interface IgnoredEvent {
  readonly ignored: true;
  readonly reason: string;
  /** Handoff itself had caused it in the system. */
  readonly isOwn?: true;
}

/** A secret shared with the system. */
export interface SecretForm {
  /** A new one of 256 random bits in the form that the system takes. */
  generate(): string;
  /** Why this one cannot be used, as a sentence without the secret; `null` when it can. */
  problem(secret: string): string | null;
}

/** An answer in another form than ours, where the system insists on one. */
export interface SystemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Something that a person does to connect the system, with what to copy. */
export interface SetupStep {
  readonly text: string;
  readonly snippet?: { readonly language: 'javascript' | 'json' | 'text' | 'xml'; readonly content: string };
}

export interface SetupContext {
  readonly webhookUrl: string;
  /** The secret, or a placeholder for it where it can no longer be shown. */
  readonly secret: string;
}

/** A ticket that is made up to test a source. */
export interface TestTicket {
  readonly webhookUrl: string;
  /** Of the source; empty for an adapter without one. */
  readonly secret: string;
  readonly settings: AdapterSettings;
  readonly now: Date;
  /** Twelve digits that no other ticket of the source has; they belong into its id. */
  readonly number: string;
  /** It says that this is a test. */
  readonly subject: string;
  readonly description: string;
}

/** On what a source takes deliveries. */
export interface ConsentTerms {
  readonly settings: AdapterSettings;
  /** `null`: what the installation allows every source. */
  readonly requestsPerSecondMax: number | null;
}

/** One kind of ticketing system. Adapters know no database, no Kafka and no HTTP server; `adapter.contract.ts` holds for all. */
export interface Adapter {
  /** In sources and in the API, as `zendesk`. */
  readonly name: string;
  /** As the vendor writes it, as `Zendesk Support`. */
  readonly title: string;
  /** Used where the source says nothing else; `null`: the time is not checked. */
  readonly defaultToleranceSeconds: number | null;
  /** Facts that `map` can tell by itself when the payload has them. */
  readonly tells: ReadonlySet<FactName>;
  /** `null`: the system proves itself by a certificate or by tokens of its own. */
  readonly secret: SecretForm | null;
  /** What a source must or may say for this adapter; unknown keys are refused. */
  readonly settings: ZodType<AdapterSettings>;
  /** @throws Problem 401 `signature-invalid` or `timestamp-stale`; 415 `unsupported-media-type` where the system must be told that it sends a form that is never taken. */
  verify(request: WebhookRequest, trust: Trust): void | Promise<void>;
  /**
   * The events in a body, in order: most systems send one.
   * @throws Problem 400 `invalid-json` and the like, when it cannot be read.
   */
  read(request: WebhookRequest): readonly unknown[];
  /** The same for every delivery of one event, different for different events. */
  recognise(request: WebhookRequest, payload: unknown): string;
  /** @throws Problem 422 `field-missing` or `field-invalid`. */
  map(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent;
  /** What the system must be told instead of our answer when all was taken; `null`: ours will do. */
  answer?(request: WebhookRequest): SystemAnswer | null;
  /** Consent to deliveries, asked for by `OPTIONS` before the first one; `null`: nothing is asked. */
  consent?(request: WebhookRequest, terms: ConsentTerms): SystemAnswer | null;
  /** The system's own interface, where tickets can be read from it. */
  readonly api?: SourceApi;
  /** How a person connects the system, in order. */
  setup(context: SetupContext): readonly SetupStep[];
  /** A webhook about a new ticket, as the system would post and sign it; left out where nobody else can sign so, `null` where the secret only verifies. */
  testWebhook?(ticket: TestTicket): WebhookRequest | null;
}

export function isIgnored(outcome: ReportedTicket | IgnoredEvent): outcome is IgnoredEvent {
  return 'ignored' in outcome;
}
