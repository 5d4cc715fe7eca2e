import { ApiResponse } from '@nestjs/swagger';

type Schema = Record<string, unknown>;

/** Schemas of answers, for /openapi.json. */
export const ACCEPTED: Schema = {
  type: 'object',
  required: ['eventId', 'ticketId', 'duplicate'],
  properties: {
    eventId: { type: 'string', format: 'uuid', description: 'The same for every delivery of this event.' },
    ticketId: { type: 'string', format: 'uuid' },
    duplicate: { type: 'boolean', description: 'The event had been taken a short while ago; it was not stored again.' },
  },
  example: { eventId: '6d1f9c53-7a0e-5b7b-8b0c-1f2a3b4c5d6e', ticketId: '3a1f0f6e-7c0e-5f0a-9b1e-0d6a7f3c2b11', duplicate: false },
};

export const IGNORED: Schema = {
  type: 'object',
  required: ['ignored', 'reason'],
  properties: { ignored: { type: 'boolean', enum: [true] }, reason: { type: 'string' }, isOwn: { type: 'boolean', enum: [true], description: 'Handoff itself had caused it in the system.' } },
  example: { ignored: true, reason: "Events of type 'jira:version_released' change no ticket." },
};

export const PARKED: Schema = {
  type: 'object',
  required: ['parked', 'parkedId', 'code', 'reason', 'errors'],
  properties: {
    parked: { type: 'boolean', enum: [true] }, parkedId: { type: 'string', format: 'uuid', description: 'Under it, /v1/parked-deliveries shows it.' },
    code: { type: 'string' }, reason: { type: 'string' },
    errors: { type: 'array', items: { type: 'object', properties: { field: { type: 'string' }, detail: { type: 'string' } } } },
  },
  example: { parked: true, parkedId: '6d1f9c53-7a0e-5b7b-8b0c-1f2a3b4c5d6e', code: 'field-missing', reason: "The payload has no 'issue.key', or it is empty; without it there is no ticket to tell about.", errors: [{ field: 'issue.key', detail: 'must be a text that is not empty' }] },
};

const PROBLEM: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string', description: 'Stable, for programs.' },
    detail: { type: 'string' }, instance: { type: 'string' },
    errors: { type: 'array', items: { type: 'object', properties: { field: { type: 'string' }, detail: { type: 'string' } } } },
  },
};

/** Documents an answer with a problem (RFC 9457); `codes` lists the stable codes it can have. */
export function problemResponse(status: number, codes: string): MethodDecorator & ClassDecorator {
  return ApiResponse({ status, description: codes, content: { 'application/problem+json': { schema: PROBLEM } } });
}
