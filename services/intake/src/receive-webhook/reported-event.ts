import type { EventOf, TicketFields } from '@handoff/contracts';
import { counter } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import { ticketReceived } from '../accept/received-ticket.js';
import { type Adapter, type IgnoredEvent, isIgnored, type ReportedTicket } from '../adapters/adapter.js';
import { keyOfEvent } from '../adapters/source-api.js';
import { mapFacts } from '../mapping/map-facts.decision.js';
import { FACT_NAMES, type TicketFacts } from '../mapping/mapping.js';
import type { Source } from '../sources/source.js';
import type { Delivery } from './delivery.js';
import { isCopy, ownEventReason } from './own-event.decision.js';

const unusableTotal = counter('handoff_mapping_unusable_total', 'Values at a mapped place that are no known word', ['source', 'fact']);
const logger = new Logger('ReportedEvent');

export interface ReportedEvent {
  readonly event: EventOf<'handoff.ticket.received.v1'>;
  /** As the adapter read it, before the source's mapping. */
  readonly ticket: ReportedTicket;
  /** The system sent little more than the id. */
  readonly isThin: boolean;
}

/**
 * The event that one payload of a delivery makes.
 * @param key by which its system recognises it.
 * @throws Problem 422 `field-missing` or `field-invalid`, and whatever an adapter's fault throws.
 */
export function reportedEvent(payload: unknown, key: string, { source, receivedAt, traceparent }: Delivery, { adapter, installation }: { readonly adapter: Adapter; readonly installation: string }): ReportedEvent | IgnoredEvent {
  const outcome = adapter.map(payload, { severities: source.mapping.severities, receivedAt, settings: source.settings });
  if (isIgnored(outcome)) return outcome;
  const own = ownEventReason(outcome, { ownActors: source.ownActors, installation });
  if (own !== null) return { ignored: true, reason: own, isOwn: true };
  const isThin = outcome.isThin === true;
  return { event: toldEvent({ source, adapter, ticket: outcome, payload, key: keyOfEvent(key, isThin), isCopy: isCopy(outcome, { copiesOnly: source.copiesOnly, installation }), traceparent, receivedAt }), ticket: outcome, isThin };
}

export interface ToldTicket {
  readonly source: Source;
  readonly adapter: Adapter;
  readonly ticket: ReportedTicket;
  /** Where the source's mapping looks. */
  readonly payload: unknown;
  readonly key: string;
  readonly isCopy: boolean;
  readonly traceparent: string;
  readonly receivedAt: Date;
}

/** The event of a ticket that its system told of, by a webhook or when it was asked, with what the source's mapping adds. */
export function toldEvent({ source, adapter, ticket, payload, key, isCopy: isOfOther, traceparent, receivedAt }: ToldTicket): EventOf<'handoff.ticket.received.v1'> {
  return ticketReceived({
    source: source.source, sourceParty: source.sourceParty, idempotencyKey: key, ticket: withMapping(ticket, payload, { source, adapter }),
    defaults: source.mapping.defaults, isCopy: isOfOther, traceparent, receivedAt,
  });
}

/** What the adapter read, with the facts and the link that the source's mapping adds. */
function withMapping(ticket: ReportedTicket, payload: unknown, { source, adapter }: { source: Source; adapter: Adapter }): ReportedTicket {
  if (addsNothing(source.mapping, ticket)) return ticket;
  const { told, rest } = parted(ticket.fields);
  const { facts, areaBasis, unusable } = mapFacts({ payload, change: ticket.change, mapping: source.mapping, told, tells: adapter.tells });
  for (const { fact, path } of unusable) {
    unusableTotal.inc({ source: source.source, fact });
    logger.warn({ source: source.source, fact, path, externalId: ticket.externalId }, 'A mapped value is no word that we know; the ticket goes on without it.');
  }
  const link = source.mapping.ticketUrl?.replaceAll('{externalId}', encodeURIComponent(ticket.externalId)) ?? null;
  return { ...ticket, externalUrl: ticket.externalUrl ?? link, fields: { ...rest, ...facts, ...(areaBasis === undefined ? {} : { areaBasis }) } };
}

/** A mapping without a place, a rule or a link leaves a ticket as its adapter read it. */
function addsNothing({ fields, rules, ticketUrl }: Source['mapping'], { fields: { area, areaBasis }, externalUrl }: ReportedTicket): boolean {
  if (rules.length > 0 || Object.keys(fields).length > 0 || (externalUrl === null && ticketUrl !== null)) return false;
  return area === undefined || area === null ? areaBasis === undefined : areaBasis === 'source';
}

const FACTS: ReadonlySet<string> = new Set(FACT_NAMES);

/** The facts that were told, and everything else; that a fact is known to be empty is said as it is. */
function parted({ areaBasis: _read, ...fields }: TicketFields): { readonly told: TicketFacts; readonly rest: TicketFields } {
  const told: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const name of Object.keys(fields) as (keyof typeof fields)[]) (fields[name] !== null && FACTS.has(name) ? told : rest)[name] = fields[name];
  return { told, rest };
}
