import { type Change, CHANGES, type TicketFields } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import { z } from 'zod';
import { textsAt } from '../../mapping/payload-path.js';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { changeOfWord, CHARS_MAX, cleanText, fieldInvalid, instantOf, labelsOf, requesterOf, requiredText, requireObject, severityOf, told, valueAt, webUrlOf } from '../payload.js';
import { mapOwnFormat } from '../standard-webhooks/own-format.js';
import { isOrigin } from './handshake.js';

const SPEC_VERSION = '1.0';
const NO_CHANGE = 'none';
const path = z.string().regex(/^[^.|]{1,200}(\.[^.|]{1,200}){0,15}(\|[^.|]{1,200}(\.[^.|]{1,200}){0,15}){0,3}$/, 'must be a dotted path into the event, as data.title, or up to four with | between them');

const TICKET_PATHS = z.strictObject({
  externalId: path.default('subject'), subject: path, externalUrl: path.optional(), description: path.optional(), status: path.optional(), priority: path.optional(),
  requesterName: path.optional(), requesterEmail: path.optional(), labels: path.optional(), actor: path.optional(),
  commentBody: path.optional(), commentAuthor: path.optional(), commentIsPublic: path.optional(),
});
type TicketPaths = z.infer<typeof TICKET_PATHS>;

export const SETTINGS = z.strictObject({
  /** Senders that get consent when they ask for it; `*`: any. */
  origins: z.array(z.string().refine(isOrigin, "must be the name of a sender, as eventgrid.azure.net, or '*'")).max(20).default([]),
  /** What an event says by its type; other types are read by their last word. */
  changes: z.record(z.string().min(1).max(CHARS_MAX.url), z.enum([...CHANGES, NO_CHANGE])).default({}),
  /** Where the ticket stands in the event; without it, `data` is a ticket in our own format. */
  ticket: TICKET_PATHS.optional(),
});

/** An event in the JSON format of CloudEvents 1.0. */
export function mapCloudEvent(event: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(event);
  if (requiredText(event, 'specversion', CHARS_MAX.name) !== SPEC_VERSION) throw fieldInvalid('specversion', `must be '${SPEC_VERSION}'`);
  for (const name of ['id', 'source']) requiredText(event, name, CHARS_MAX.url);
  const type = requiredText(event, 'type', CHARS_MAX.url);
  const { changes, ticket } = SETTINGS.parse(context.settings);
  const change = Object.hasOwn(changes, type) ? changes[type] : changeOfType(type);
  if (change === NO_CHANGE) return { ignored: true, reason: `Events of type '${cleanText(type, CHARS_MAX.name)}' change no ticket.` };
  return ticket === undefined ? inOwnFormat(event, change, context) : atPaths(event, ticket, { change: change ?? 'updated', context });
}

/** By its last word, past a version: `com.contoso.ticket.created.v1` tells of a new one. */
function changeOfType(type: string): Change | undefined {
  return changeOfWord(type.split(/[./:]/).findLast((word) => !/^v?\d*$/i.test(word)));
}

/** What the event says stands in for what its data leaves out. */
function inOwnFormat(event: Record<string, unknown>, change: Change | undefined, context: MapContext): ReportedTicket {
  const data = valueAt(event, 'data');
  if (data === undefined || data === null) throw new Problem(422, 'field-missing', "The event has no 'data', or it is no JSON; without it there is no ticket to tell about.", { fields: [{ field: 'data', detail: 'must be a ticket in our own format' }] });
  if (typeof data !== 'object' || Array.isArray(data)) throw fieldInvalid('data', 'must be an object');
  try {
    return mapOwnFormat({ occurredAt: instantOf(valueAt(event, 'time'), context.receivedAt), ...(change === undefined ? {} : { change }), ...data }, context);
  } catch (error) {
    throw error instanceof Problem ? new Problem(error.status, error.code, error.detail, { fields: error.fields.map(({ field, detail }) => ({ field: `data.${field}`, detail })) }) : error;
  }
}

function atPaths(event: unknown, paths: TicketPaths, { change, context }: { readonly change: Change; readonly context: MapContext }): ReportedTicket {
  const textOf = (at: string | undefined, charsMax: number): string | null | undefined => {
    const texts = at === undefined ? undefined : textsAt(event, at);
    return texts === undefined ? undefined : cleanText(texts[0] ?? '', charsMax).trim() || null;
  };
  const required = (at: string, charsMax: number): string => {
    const text = textOf(at, charsMax);
    if (typeof text !== 'string') throw new Problem(422, 'field-missing', `The event has no '${at}', or it is empty; without it there is no ticket to tell about.`, { fields: [{ field: at, detail: 'must be a text that is not empty' }] });
    return text;
  };
  const externalId = required(paths.externalId, Number.POSITIVE_INFINITY);
  if (externalId.length > CHARS_MAX.name) throw fieldInvalid(paths.externalId, `must have at most ${CHARS_MAX.name} characters`);
  const actor = textOf(paths.actor, CHARS_MAX.name);
  const comment = textOf(paths.commentBody, CHARS_MAX.comment);
  return {
    externalId,
    externalUrl: webUrlOf(textOf(paths.externalUrl, CHARS_MAX.url)),
    change,
    occurredAt: instantOf(valueAt(event, 'time'), context.receivedAt),
    fields: told<TicketFields>({
      subject: change === 'created' ? required(paths.subject, CHARS_MAX.subject) : textOf(paths.subject, CHARS_MAX.subject) ?? undefined,
      description: textOf(paths.description, CHARS_MAX.description),
      status: textOf(paths.status, CHARS_MAX.status),
      severity: severityOf(textOf(paths.priority, CHARS_MAX.name), context.severities),
      requester: requesterOf(textOf(paths.requesterName, CHARS_MAX.name), textOf(paths.requesterEmail, CHARS_MAX.email)),
      labels: paths.labels === undefined ? undefined : labelsOf(textsAt(event, paths.labels)),
      comment: typeof comment === 'string' ? { author: textOf(paths.commentAuthor, CHARS_MAX.name) ?? null, body: comment, isPublic: textOf(paths.commentIsPublic, CHARS_MAX.name) === 'true' } : undefined,
    }),
    ...(typeof actor === 'string' ? { actor } : {}),
  };
}
