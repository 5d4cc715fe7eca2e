import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Problem, reservedKeyProblem, structureProblem } from '@handoff/platform';
import { isCertainlyValid } from '../../http/certainly-valid.js';
import { TicketBody, ticketOf } from '../../submit-ticket/ticket.body.js';
import type { MapContext, ReportedTicket } from '../adapter.js';
import { fieldInvalid, requiredText, requireObject, requireShallow } from '../payload.js';

const LEVELS_MAX = 8;
/** Each value is looked at with care, a few microseconds long; no ticket has near as many. */
const LIMITS = { levelsMax: 64, namesMax: 1_000, valuesMax: 10_000 };

/** Reads a ticket in our own format, the same as `POST /v1/tickets` takes. */
export function mapOwnFormat(payload: unknown, { receivedAt }: MapContext): ReportedTicket {
  requireObject(payload);
  requireShallow(payload, LEVELS_MAX);
  requiredText(payload, 'externalId', Number.POSITIVE_INFINITY);
  if ((payload['change'] ?? 'created') === 'created') requiredText(payload, 'subject', Number.POSITIVE_INFINITY);
  return ticketOf(isCertainlyValid(TicketBody, payload) ? payload : validated(payload), receivedAt);
}

function validated(payload: Record<string, unknown>): TicketBody {
  const structure = structureProblem(payload, LIMITS);
  if (structure !== null) throw new Problem(422, 'field-invalid', `The ticket ${structure}.`, { fields: [{ field: '', detail: structure }] });
  const reserved = reservedKeyProblem(payload);
  if (reserved !== null) throw fieldInvalid(reserved.field.slice(1).replaceAll('/', '.'), reserved.detail);
  const body = plainToInstance(TicketBody, payload);
  const fields = validateSync(body, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true }).flatMap((error) => problemsIn(error, ''));
  if (fields.length === 0) return body;
  const summary = fields.slice(0, 5).map(({ field, detail }) => `${field}: ${detail}`).join('; ');
  throw new Problem(422, 'field-invalid', `The ticket is not valid: ${summary}.`, { fields });
}

function problemsIn(error: ValidationError, parent: string): { field: string; detail: string }[] {
  const field = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = Object.values(error.constraints ?? {}).map((detail) => ({ field, detail }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsIn(child, field))];
}
