import type { ServiceRequestStatus } from './service-request.js';
import type { Area, AreaBasis, Asker, Change, Cloud, Instant, Severity } from './vocabulary.js';

/**
 * What a source told about a ticket. An absent field was not told and keeps its former value;
 * `null` says that the source knows it to be empty.
 */
export interface TicketFields {
  readonly subject?: string;
  readonly description?: string | null;
  /** The status in the source's own words. */
  readonly status?: string | null;
  readonly area?: Area | null;
  /** Who said the area. It goes with `area` and means nothing alone. */
  readonly areaBasis?: Extract<AreaBasis, 'source' | 'mapping'>;
  readonly severity?: Severity | null;
  readonly asker?: Asker;
  readonly requester?: { readonly name?: string | null; readonly email?: string | null } | null;
  readonly offerId?: string | null;
  readonly customerId?: string | null;
  readonly subscriptionId?: string | null;
  readonly cloud?: Cloud | null;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | null;
  /** BCP 47. */
  readonly language?: string | null;
  readonly labels?: readonly string[];
  /** It is a service request at Microsoft, and its source is Partner Center; `status` is `null` where the word is none that we know. */
  readonly serviceRequest?: { readonly status: ServiceRequestStatus | null };
  readonly comment?: { readonly author: string | null; readonly body: string; readonly isPublic: boolean };
  /** What was attached: to the comment where there is one, else to the ticket. */
  readonly attachments?: readonly AttachmentLink[];
}

/** An attachment as its system names it, and where people who may sign in there open it. It is never fetched. */
export interface AttachmentLink {
  readonly name: string;
  /** http or https. */
  readonly url: string;
}

export const ATTACHMENTS_MAX = 20;

/** `handoff.ticket.received.v1`: a source told something about one of its tickets. */
export interface TicketReceived {
  readonly ticketId: string;
  readonly source: string;
  /** The party that owns the source, as `partner/1001` or `isv/contoso`; `null` where it belongs to nobody. */
  readonly sourceParty: string | null;
  readonly externalId: string;
  readonly externalUrl: string | null;
  readonly change: Change;
  /** When it happened in the source. */
  readonly occurredAt: Instant;
  readonly ticket: TicketFields;
  /** Handoff opened it there for another ticket, by the mark in its text or because its source tells of nothing else. Absent: nothing says so. */
  readonly isCopy?: true;
  /** What holds for the tickets of this source as long as nobody has told otherwise: the first that is heard of a ticket may be an update. */
  readonly defaults?: TicketFields;
}

/** `handoff.health-notice.received.v1`: a publisher reports an outage of an offer, an update of it, or its end. */
export interface HealthNoticeReceived {
  readonly noticeId: string;
  readonly offerId: string;
  readonly summary: string;
  readonly startedAt: Instant;
  /** `null` while the outage lasts. */
  readonly endedAt: Instant | null;
}
