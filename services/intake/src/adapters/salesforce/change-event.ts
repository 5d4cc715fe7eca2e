import { CHARS_MAX, textAt, valueAt } from '../payload.js';

/**
 * A change event as the Pub/Sub API has it, one payload for each record that changed alike; `undefined` for anything else.
 * It has the fields that changed, and the record's id in its header alone.
 */
export function changesOf(payload: unknown): readonly unknown[] | undefined {
  const header = valueAt(payload, 'ChangeEventHeader');
  const type = textAt(header, 'entityName', CHARS_MAX.name);
  if (typeof header !== 'object' || header === null || typeof type !== 'string') return undefined;
  const { ChangeEventHeader: _header, ...fields } = payload as Record<string, unknown>;
  const ids = valueAt(header, 'recordIds');
  const event = [textAt(header, 'transactionKey', CHARS_MAX.name), textAt(header, 'sequenceNumber', CHARS_MAX.name)];
  return (Array.isArray(ids) ? (ids as unknown[]) : []).map((id) => ({
    ...(event.every((part) => typeof part === 'string') ? { eventId: [...event, id].join(':') } : {}),
    type,
    change: changeOf(textAt(header, 'changeType', CHARS_MAX.name)),
    actorId: valueAt(header, 'commitUser'),
    occurredAt: valueAt(header, 'commitTimestamp'),
    [type]: { ...fields, Id: id },
  }));
}

/** `GAP_UPDATE` and its like say that something changed, without what. */
function changeOf(type: string | null | undefined): string {
  const kind = type?.replace('GAP_', '');
  if (kind === 'CREATE' || kind === 'UNDELETE') return 'created';
  return kind === 'DELETE' ? 'closed' : 'updated';
}
