import type { ReportedTicket } from '../adapter.js';
import { CHARS_MAX, textAt, valueAt, wordOf } from '../payload.js';
import { changedSince, readTicket } from '../read-tickets.js';
import { type ApiCalls, ApiRefused, type PollQuery, type ReadContext, type ReadTicket, type SourceApi } from '../source-api.js';
import { mapServiceNow, SETTINGS, stateOf, SYS_ID } from './servicenow.mapping.js';

const PAGE_SIZE = 100;
/** Journals are no fields of a record: read, they hold all that was ever written. */
const JOURNALS: ReadonlySet<string> = new Set(['comments', 'work_notes', 'comments_and_work_notes']);

/**
 * ServiceNow's Table API. Times in a query are UTC as long as the user's time zone is GMT; limits are set by each instance,
 * by the hour.
 */
export const serviceNowApi: SourceApi = {
  auth: ['basic', 'bearer', 'oauth2-client-credentials'],
  // An instance may have a host of the customer's own.
  hosts: null,
  requestsPerSecondMax: 2,
  complete,
  updatedSince,
};

async function complete(ticket: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  // Anything else could end the condition and begin another.
  if (!/^[\w-]+$/.test(ticket.externalId)) return null;
  const [record] = await recordsOf(context, `${SYS_ID.test(ticket.externalId) ? 'sys_id' : 'number'}=${ticket.externalId}`, 0, 1);
  if (record === undefined) return null;
  const read = readRecord(record, context);
  return { ...read, externalId: ticket.externalId, externalUrl: read.externalUrl ?? ticket.externalUrl };
}

async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  yield* changedSince({
    since,
    pageSize: PAGE_SIZE,
    read: async (from, page) => {
      const records = await recordsOf(context, `sys_updated_on>=${from.toISOString().slice(0, 19).replace('T', ' ')}^ORDERBYsys_updated_on^ORDERBYsys_id`, (page - 1) * PAGE_SIZE, PAGE_SIZE);
      return records.map((record) => readRecord(record, context));
    },
    idOf: ({ externalId }) => externalId,
    updatedAtOf: ({ updatedAt }) => updatedAt,
  });
}

function readRecord(record: object, context: ReadContext): ReadTicket {
  const payload = Object.fromEntries(Object.entries(record).filter(([name]) => !JOURNALS.has(name)));
  const mapped = mapServiceNow(payload, context);
  return readTicket(mapped, { payload, updatedAt: stateOf(payload)?.updatedAt ?? mapped.occurredAt, isNew: textAt(payload, 'sys_mod_count.value', CHARS_MAX.name) === '0' });
}

async function recordsOf({ api, settings }: ReadContext, query: string, offset: number, limit: number): Promise<object[]> {
  const { table } = SETTINGS.parse(settings);
  const records = await listOf(api, table, { sysparm_query: query, sysparm_display_value: 'all', sysparm_limit: String(limit), sysparm_offset: String(offset) });
  const callers = await callersOf(api, records);
  return records.map((record) => ({ ...record, ...callers.get(callerIdOf(record)) }));
}

/** Name and address of callers, by their id: a record has only the name. Without the right to read users it stays so. */
async function callersOf(api: ApiCalls, records: readonly object[]): Promise<ReadonlyMap<string, object>> {
  const ids = [...new Set(records.map(callerIdOf))].filter((id) => SYS_ID.test(id));
  if (ids.length === 0) return new Map();
  try {
    const users = await listOf(api, 'sys_user', { sysparm_query: `sys_idIN${ids.join(',')}`, sysparm_fields: 'sys_id,name,email', sysparm_limit: String(ids.length) });
    return new Map(users.map((user) => [wordOf(valueAt(user, 'sys_id')), { 'caller_id.name': valueAt(user, 'name'), 'caller_id.email': valueAt(user, 'email') }]));
  } catch (error) {
    if (error instanceof ApiRefused) return new Map();
    throw error;
  }
}

function callerIdOf(record: object): string {
  return textAt(record, 'caller_id.value', CHARS_MAX.name) ?? '';
}

async function listOf(api: ApiCalls, table: string, parameters: Readonly<Record<string, string>>): Promise<object[]> {
  const result = valueAt(await api.get(`/api/now/table/${table}?${new URLSearchParams(parameters).toString()}`), 'result');
  return Array.isArray(result) ? result.filter((item): item is object => typeof item === 'object' && item !== null) : [];
}
