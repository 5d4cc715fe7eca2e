import type { Auth } from '@handoff/outbound';
import type { ZodType } from 'zod';

export const TICKETING_SYSTEMS = ['zendesk', 'servicenow', 'jira-service-management', 'freshdesk', 'connectwise-psa', 'autotask', 'halopsa', 'dynamics-365', 'salesforce', 'zammad'] as const;
/** The systems in which tickets are opened. */
export type SystemName = (typeof TICKETING_SYSTEMS)[number];

export type Severity = 'A' | 'B' | 'C';

/** A ticket in its contact's own system. */
export interface OpenedTicket {
  /** As the system's interface names it. */
  readonly id: string;
  /** As people name it, where that is another than the id. */
  readonly number: string | null;
  /** Where people open it. */
  readonly url: string | null;
}

/** A ticket that was found by its reference, with the text it was opened with as far as the system told it. */
export interface FoundTicket extends OpenedTicket {
  readonly text: string | null;
}

/** What a ticket or a note says. `mark` names the message that it came with; it is never cut, so that a message is found again. */
export interface NoteText {
  readonly body: string;
  /** Stands at the end of a body that was cut. */
  readonly shortened: string;
  readonly mark: string;
}

export interface NewTicket {
  /** Of ASCII, at most 44 characters; no other ticket of Handoff has it. */
  readonly reference: string;
  /** The same at every attempt of a message. */
  readonly idempotencyKey: string;
  readonly subject: string;
  /** The ticket's number in the system it came from; it is part of the subject. */
  readonly sourceNumber: string;
  readonly text: NoteText;
  readonly severity: Severity | null;
  /** RFC 3339; when it was decided that the contact gets it. */
  readonly at: string;
}

/** What is new of a ticket that is open there. */
export interface News {
  /** `null`: the note is there already. */
  readonly note: NoteText | null;
  /** `null`: it is as before, and what the contact made of it stays. */
  readonly severity: Severity | null;
  readonly turn: 'none' | 'close' | 'reopen';
}

/** Calls to the interface of one system. They reject with `NotTaken` when the system did not do as asked. */
export interface DeskCalls {
  /** @param path below the base URL, with its query. @returns JSON; `null` for 404 and for an empty answer. */
  get(path: string): Promise<unknown>;
  /** @returns JSON; `null` for an empty answer. */
  send(method: 'POST' | 'PUT' | 'PATCH', path: string, json: unknown, headers?: Readonly<Record<string, string>>): Promise<unknown>;
}

export interface Desk<Settings> {
  readonly calls: DeskCalls;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly settings: Settings;
}

export interface SignIn {
  /** `null`: the headers say it all. */
  readonly auth: Auth | null;
  /** Names in lower case; they go with every call. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How tickets are opened and followed in one kind of system. What Handoff writes is for those who work there, never for their customers. */
export interface TicketingSystem<Settings = unknown, Credentials = unknown> {
  readonly name: SystemName;
  readonly title: string;
  /** The host that the base URL must have, where the vendor runs all of them; `null`: any that the egress rules allow. */
  readonly hosts: RegExp | null;
  /** What a refusal says that comes from somebody else being at work on the same ticket, where its status does not tell. */
  readonly conflicts?: RegExp;
  readonly settings: ZodType<Settings>;
  readonly credentials: ZodType<Credentials>;
  /** URLs among the credentials to which they are sent. */
  loginUrls?(credentials: Credentials): readonly string[];
  signIn(credentials: Credentials, baseUrl: string): SignIn;
  /** Looks for a ticket before one is opened, because the answer to an earlier attempt may have been lost. */
  find(ticket: NewTicket, desk: Desk<Settings>): Promise<FoundTicket | null>;
  open(ticket: NewTicket, desk: Desk<Settings>): Promise<OpenedTicket>;
  /** The ticket that webhooks name so; absent: they name it as the interface does. `null`: there is none. */
  locate?(externalId: string, desk: Desk<Settings>): Promise<OpenedTicket | null>;
  /** How webhooks may name a ticket; absent: by its id. */
  idsInWebhooks?(ticket: OpenedTicket): readonly string[];
  /** Whether one of the latest notes has this mark. */
  hasNote(ticket: OpenedTicket, mark: string, desk: Desk<Settings>): Promise<boolean>;
  update(ticket: OpenedTicket, news: News, desk: Desk<Settings>): Promise<void>;
}
