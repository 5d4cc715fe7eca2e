import type { Area, ServiceRequestStatus, Severity, TicketFields } from '@handoff/contracts';
import { z } from 'zod';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { CHARS_MAX, entryOf, fieldInvalid, firstTextAt, instantOf, labelsOf, requesterOf, requiredText, requireObject, severityOf, textAt, told, valueAt } from '../payload.js';

interface Matter {
  readonly subject: string;
  readonly severity: Severity;
  readonly area?: Area;
}

/** Events on which somebody must act. All others only say that a resource changed. */
const MATTERS: Readonly<Record<string, Matter>> = {
  'azure-fraud-event-detected': { subject: 'Azure fraud was detected', severity: 'A' },
  'new-commerce-migration-failed': { subject: 'A migration to new commerce failed', severity: 'B', area: 'commerce-transaction' },
  'new-commerce-migration-schedule-failed': { subject: 'A migration to new commerce could not be scheduled', severity: 'B', area: 'commerce-transaction' },
};
/** Lists beside which no single resource is named, as `/customers/usagerecords`. */
const COLLECTIONS: ReadonlySet<string> = new Set(['usagerecords']);
const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

export const SETTINGS = z.strictObject({
  /** Names of events that become tickets. */
  events: z.array(z.string().regex(/^[a-zA-Z0-9-]{1,100}$/, 'must be the name of an event, as invoice-ready')).max(100).default(Object.keys(MATTERS)),
  /** Hosts of Microsoft's certificate beside those that are known. */
  certificateHosts: z.array(z.string().regex(HOST, 'must be the name of a host')).max(10).default([]),
});

/** By the numbers in which lists have them, and by the words of single requests. */
const SEVERITIES: Readonly<Record<string, Severity>> = { 1: 'A', 2: 'B', 3: 'C', critical: 'A', moderate: 'B', minimal: 'C' };
const STATUSES: readonly string[] = ['none', 'open', 'closed', 'attention_needed'];
const FOLLOWED: Readonly<Record<string, ServiceRequestStatus>> = { open: 'open', attention_needed: 'attention-needed', closed: 'closed' };

/** A webhook, or a service request that was read, which stands in `serviceRequest`. */
export function mapPartnerCenter(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(payload);
  return valueAt(payload, 'serviceRequest') === undefined ? mapEvent(payload, context) : mapServiceRequest(payload, context);
}

function mapEvent(payload: unknown, { settings, receivedAt }: MapContext): ReportedTicket | IgnoredEvent {
  const name = requiredText(payload, 'EventName', CHARS_MAX.name);
  if (!SETTINGS.parse(settings).events.includes(name)) return { ignored: true, reason: `Events of type '${name}' change no ticket.` };
  const matter = Object.hasOwn(MATTERS, name) ? MATTERS[name] : undefined;
  const uri = requiredText(payload, 'ResourceUri', CHARS_MAX.url);
  const occurredAt = instantOf(textAt(payload, 'ResourceChangeUtcDate', CHARS_MAX.name), receivedAt);
  const resource = resourceOf(uri, occurredAt.slice(0, 'yyyy-mm-dd'.length));
  return {
    externalId: resource.id,
    externalUrl: null,
    change: 'created',
    occurredAt,
    fields: told<TicketFields>({
      subject: matter?.subject ?? `Partner Center reports ${name}`, description: `Partner Center reports '${name}' for ${uri}`, severity: matter?.severity,
      area: matter?.area, areaBasis: matter?.area === undefined ? undefined : 'source', customerId: resource.customerId, subscriptionId: resource.subscriptionId,
    }),
  };
}

/** What an address is about: its last part, or the subscription that its query names. */
function resourceOf(uri: string, day: string): { id: string; customerId: string | undefined; subscriptionId: string | undefined } {
  const url = URL.parse(uri);
  if (url === null) throw fieldInvalid('ResourceUri', 'must be an address');
  const parts = url.pathname.split('/').filter((part) => part !== '').map(decoded);
  const after = (word: string): string | undefined => {
    const index = parts.findIndex((part) => part.toLowerCase() === word);
    const id = index < 0 ? undefined : parts[index + 1];
    return COLLECTIONS.has(id?.toLowerCase() ?? '') ? undefined : id;
  };
  const inQuery = [...url.searchParams].find(([name]) => name.toLowerCase() === 'subscriptionid')?.[1];
  const last = parts.at(-1);
  // A list of resources is no resource: what happened to it is told once a day.
  const id = inQuery ?? (COLLECTIONS.has(last?.toLowerCase() ?? '') ? `${last ?? ''}-${day}` : last);
  if (id === undefined || id === '' || id.length > CHARS_MAX.name) throw fieldInvalid('ResourceUri', 'must name the resource in its last part');
  return { id, customerId: after('customers'), subscriptionId: inQuery ?? after('subscriptions') };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function mapServiceRequest(payload: unknown, { severities, receivedAt }: MapContext): ReportedTicket {
  const request = valueAt(payload, 'serviceRequest');
  const externalId = requiredText(payload, 'serviceRequest.id', CHARS_MAX.name);
  const status = textAt(request, 'status', CHARS_MAX.status);
  const word = typeof status === 'string' ? STATUSES[Number(status)] ?? status : status;
  const labels = ['supportTopicName', 'productName'].map((path) => valueAt(request, path));
  return {
    externalId,
    externalUrl: null,
    change: word?.toLowerCase() === 'closed' ? 'closed' : 'updated',
    occurredAt: instantOf(timeAt(request, 'lastModifiedDate'), receivedAt),
    fields: told<TicketFields>({
      subject: textAt(request, 'title', CHARS_MAX.subject) ?? undefined,
      description: textAt(request, 'description', CHARS_MAX.description),
      status: word,
      severity: severityOf(textAt(request, 'severity', CHARS_MAX.name), severities, SEVERITIES),
      requester: contactOf(request),
      customerId: textAt(request, 'organization.id', CHARS_MAX.name) ?? undefined,
      labels: labels.every((label) => label === undefined) ? undefined : labelsOf(labels),
      serviceRequest: { status: entryOf(FOLLOWED, word?.toLowerCase() ?? '') ?? null },
    }),
  };
}

function contactOf(request: unknown): TicketFields['requester'] {
  const names = ['primaryContact.firstName', 'primaryContact.lastName'].map((path) => textAt(request, path, CHARS_MAX.name)).filter((name) => typeof name === 'string');
  const email = firstTextAt(request, ['primaryContact.email'], CHARS_MAX.email);
  return names.length === 0 && email === undefined ? undefined : requesterOf(names.length === 0 ? null : names.join(' '), email);
}

/** A time of Partner Center, which is in UTC also where it does not say so; the first day of all is none. */
export function timeAt(request: unknown, path: string): string | undefined {
  const time = textAt(request, path, CHARS_MAX.name);
  if (typeof time !== 'string' || time.startsWith('0001-01-01')) return undefined;
  return /(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`;
}
