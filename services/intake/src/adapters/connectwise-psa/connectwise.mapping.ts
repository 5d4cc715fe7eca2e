import type { Change, Severity, TicketFields } from '@handoff/contracts';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { CHARS_MAX, firstTextAt, instantOf, labelsOf, requesterOf, requiredText, requireObject, severityOf, textAt, told, valueAt, webUrlOf } from '../payload.js';

const CHANGES: Readonly<Record<string, Change>> = { added: 'created', updated: 'updated', deleted: 'closed' };

/** Names of priorities, and numbers that stand in them, as in 'Priority 3 - Normal Response'. */
const SEVERITIES: Readonly<Record<string, Severity>> = {
  emergency: 'A', critical: 'A', high: 'B', medium: 'B', normal: 'B', low: 'C', 'do not respond': 'C', p1: 'A', p2: 'B', p3: 'B', p4: 'C', p5: 'C',
};

/** Reads a callback of ConnectWise, whose `Entity` is the ticket itself; `null` when it was deleted. */
export function mapConnectwise(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(payload);
  const type = textAt(payload, 'Type', CHARS_MAX.name);
  if (typeof type === 'string' && type.toLowerCase() !== 'ticket') return { ignored: true, reason: `Callbacks of type '${type}' change no ticket.` };
  const action = requiredText(payload, 'Action', CHARS_MAX.name).toLowerCase();
  const said = Object.hasOwn(CHANGES, action) ? CHANGES[action] : undefined;
  if (said === undefined) return { ignored: true, reason: `Callbacks with the action '${action}' change no ticket.` };
  const externalId = requiredText(payload, 'ID', CHARS_MAX.name);
  const entity = valueAt(payload, 'Entity');
  const hasEntity = typeof entity === 'object' && entity !== null;
  if (hasEntity && said === 'created') requiredText(payload, 'Entity.summary', CHARS_MAX.description);
  const fields = hasEntity ? fieldsOf(entity, context) : {};
  return {
    externalId,
    externalUrl: pageOf(payload, externalId),
    change: said === 'updated' && isClosed(entity) ? 'closed' : said,
    occurredAt: instantOf(valueAt(entity, '_info.lastUpdated'), context.receivedAt),
    fields,
    ...actorOf(payload),
    ...(isThin(said, hasEntity, fields) ? { isThin: true } : {}),
  };
}

function actorOf(payload: unknown): Pick<ReportedTicket, 'actor'> {
  const actor = textAt(payload, 'Entity._info.updatedBy', CHARS_MAX.name) ?? textAt(payload, 'MemberId', CHARS_MAX.name);
  return typeof actor === 'string' ? { actor } : {};
}

/** A new ticket comes without the text that its asker wrote: that is its first note. */
function isThin(said: Change, hasEntity: boolean, { description }: TicketFields): boolean {
  return said !== 'closed' && (!hasEntity || (said === 'created' && description === undefined));
}

function fieldsOf(entity: unknown, { severities }: MapContext): TicketFields {
  const description = textAt(entity, 'initialDescription', CHARS_MAX.description);
  return told<TicketFields>({
    subject: textAt(entity, 'summary', CHARS_MAX.subject) ?? undefined,
    // `null` is not told by ConnectWise: the text is in the notes.
    description: description ?? undefined,
    status: textAt(entity, 'status.name', CHARS_MAX.status),
    severity: priorityOf(entity, severities),
    requester: requesterOf(firstTextAt(entity, ['contactName', 'contact.name'], CHARS_MAX.name), textAt(entity, 'contactEmailAddress', CHARS_MAX.email)),
    labels: labelsOf(['type.name', 'subType.name', 'item.name'].map((path) => valueAt(entity, path))),
  });
}

function isClosed(entity: unknown): boolean {
  return valueAt(entity, 'closedFlag') === true || /^>?\s*(closed|completed|resolved|cancell?ed)\b/i.test(textAt(entity, 'status.name', CHARS_MAX.status) ?? '');
}

function priorityOf(entity: unknown, severities: Readonly<Record<string, Severity>>): Severity | undefined {
  const name = textAt(entity, 'priority.name', CHARS_MAX.name);
  const number = /^\s*p(?:riority)?\s*([1-5])\b/i.exec(name ?? '')?.[1];
  return severityOf(name, severities, SEVERITIES) ?? (number === undefined ? undefined : SEVERITIES[`p${number}`]);
}

/** The page of a service ticket, on the server that the callback came from; project tickets have another. */
function pageOf(payload: unknown, id: string): string | null {
  const host = textAt(payload, 'FromUrl', CHARS_MAX.url);
  if (typeof host !== 'string' || !/^[a-z0-9.-]+$/i.test(host) || /^project/i.test(textAt(payload, 'Entity.recordType', CHARS_MAX.name) ?? '')) return null;
  const query = new URLSearchParams({ service_recid: id, companyName: textAt(payload, 'CompanyId', CHARS_MAX.name) ?? '' });
  return webUrlOf(`https://${host}/v4_6_release/services/system_io/Service/fv_sr100_request.rails?${query.toString()}`);
}
