import { z } from 'zod';
import { hasMark, parsed } from '../ticketing/answer-parts.js';
import { extraFields, levelOf, priorities, secretText } from '../ticketing/settings.js';
import type { Desk, FoundTicket, News, NewTicket, OpenedTicket, Severity, TicketingSystem } from '../ticketing/ticketing-system.js';
import { fitted, fittedSubject } from '../ticketing/ticketing-text.decision.js';

interface Level {
  readonly impact: string;
  readonly urgency: string;
}

/** The usual look-up of priorities makes of them 1 (critical), 3 (moderate) and 5 (planning). */
const LEVEL_OF: Readonly<Record<Severity, Level>> = { A: { impact: '1', urgency: '1' }, B: { impact: '2', urgency: '2' }, C: { impact: '3', urgency: '3' } };
const sysId = z.string().regex(/^[0-9a-f]{32}$/i, 'must be a sys_id: 32 hexadecimal digits');
const choice = z.string().min(1).max(100);

const settings = z.strictObject({
  /** That of incidents or one like it, with `correlation_id`, `work_notes`, `impact` and `urgency`. */
  table: z.string().regex(/^[a-z][a-z0-9_]{1,79}$/, 'must be the name of a table').default('incident'),
  callerId: sysId.optional(),
  assignmentGroup: sysId.optional(),
  company: sysId.optional(),
  category: choice.optional(),
  fields: extraFields(/^[a-z][a-z0-9_]{0,79}$/),
  resolvedState: choice.default('6'),
  openState: choice.default('2'),
  closeCode: choice.default('Solution provided'),
  closeNotes: z.string().min(1).max(1_000).default('Closed in the system that the ticket came from.'),
  priorities: priorities(z.strictObject({ impact: choice, urgency: choice })),
});
/** A user of the instance, or an OAuth client that may use client credentials. */
const credentials = z.union([
  z.strictObject({ username: secretText, password: secretText }),
  z.strictObject({ clientId: secretText, clientSecret: secretText }),
]);
type Settings = z.output<typeof settings>;
type Credentials = z.output<typeof credentials>;

const record = z.object({ sys_id: sysId, number: z.string().min(1).max(100), description: z.string().nullish() });

/** ServiceNow, by its Table API. Notes are work notes, which callers do not see. */
export const servicenow: TicketingSystem<Settings, Credentials> = {
  name: 'servicenow',
  title: 'ServiceNow',
  hosts: null,
  settings,
  credentials,
  signIn: (given, baseUrl) => ({
    auth: 'username' in given ? { kind: 'basic', user: given.username, password: given.password }
      : { kind: 'oauth2', tokenUrl: `${baseUrl}/oauth_token.do`, clientId: given.clientId, clientSecret: given.clientSecret, secretIn: 'body' },
    headers: {},
  }),
  find, open, locate, hasNote, update,
  // As the script that posts names it: by its number, or where it leaves that out by its id.
  idsInWebhooks: ({ id, number }) => (number === null ? [id] : [number, id]),
};

async function find({ reference }: NewTicket, desk: Desk<Settings>): Promise<FoundTicket | null> {
  const answer = await desk.calls.get(`${tableOf(desk)}?sysparm_query=correlation_id%3D${reference}&sysparm_fields=sys_id,number,description&sysparm_limit=1`);
  // Older versions answer 404 where nothing is found.
  const [found] = answer === null ? [] : parsed(z.object({ result: z.array(record) }), answer, 'no list of records').result;
  return found === undefined ? null : { ...openedOf(found, desk), text: found.description ?? null };
}

async function open({ subject, reference, text, severity }: NewTicket, desk: Desk<Settings>): Promise<OpenedTicket> {
  const { callerId, assignmentGroup, company, category, fields, priorities: own } = desk.settings;
  const answer = await desk.calls.send('POST', tableOf(desk), {
    ...textsOf(fields), short_description: fittedSubject(subject, 160), description: fitted(text, 4_000), correlation_id: reference, correlation_display: 'Handoff',
    ...levelOf(severity, own, LEVEL_OF), caller_id: callerId, assignment_group: assignmentGroup, company, category,
  });
  return openedOf(parsed(z.object({ result: record }), answer, 'no record').result, desk);
}

/** Webhooks name a record by its number, the interface by its id. */
async function locate(externalId: string, desk: Desk<Settings>): Promise<OpenedTicket | null> {
  if (!/^[\w-]{1,100}$/.test(externalId)) return null;
  const field = sysId.safeParse(externalId).success ? 'sys_id' : 'number';
  const answer = await desk.calls.get(`${tableOf(desk)}?sysparm_query=${field}%3D${externalId}&sysparm_fields=sys_id,number&sysparm_limit=1`);
  const [found] = answer === null ? [] : parsed(z.object({ result: z.array(record) }), answer, 'no list of records').result;
  return found === undefined ? null : openedOf(found, desk);
}

/** All work notes of a record come as one text, for those who may read the record. */
async function hasNote({ id }: OpenedTicket, mark: string, desk: Desk<Settings>): Promise<boolean> {
  return hasMark(await desk.calls.get(`${tableOf(desk)}/${id}?sysparm_display_value=true&sysparm_fields=work_notes,comments`), mark);
}

async function update({ id }: OpenedTicket, { note, severity, turn }: News, desk: Desk<Settings>): Promise<void> {
  const { resolvedState, openState, closeCode, closeNotes, priorities: own } = desk.settings;
  const state = { none: {}, close: { state: resolvedState, close_code: closeCode, close_notes: closeNotes }, reopen: { state: openState } }[turn];
  await desk.calls.send('PATCH', `${tableOf(desk)}/${id}`, { work_notes: note === null ? undefined : fitted(note, 16_000), ...levelOf(severity, own, LEVEL_OF), ...state });
}

function tableOf({ settings: { table } }: Desk<Settings>): string {
  return `/api/now/table/${table}`;
}

/** Every value of a table is a text. */
function textsOf(fields: Settings['fields']): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

function openedOf({ sys_id: id, number }: z.output<typeof record>, { baseUrl, settings: { table } }: Desk<Settings>): OpenedTicket {
  return { id, number, url: `${baseUrl}/nav_to.do?uri=${encodeURIComponent(`${table}.do?sys_id=${id}`)}` };
}
