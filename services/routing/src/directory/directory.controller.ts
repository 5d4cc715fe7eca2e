import type { Transactions } from '@handoff/messaging';
import { pageOf, Problem, refusingCursors } from '@handoff/platform';
import { applyDecorators, Body, Controller, Delete, Get, Headers, HttpCode, Inject, Param, Put, Query, Res, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { TRANSACTIONS } from '../tokens.js';
import { FIND_QUERY, HISTORY_QUERY, listQueryOf, positionAt, readQuery } from './directory.query.js';
import { DIRECTORY_KINDS, type DirectoryKind, type ListFilter } from './directory-kinds.js';
import { ENTRY_SCHEMAS, ID_LENGTH_MAX } from './entry.schemas.js';
import { type Current, ENTRY_STORE, type EntryStore } from './entry.store.js';
import { ManageDirectoryHandler } from './manage-directory.handler.js';
import { etagOf } from './precondition.decision.js';

const AUTHOR_DEFAULT = 'api';
const AUTHOR_LENGTH_MAX = 256;
type Sent = Readonly<Record<string, string | undefined>>;

const IF_MATCH = { name: 'If-Match', description: 'The ETag that was read, to change what it names', required: false };
const IF_NONE_MATCH = { name: 'If-None-Match', description: '* to create', required: false };
const ACTOR = { name: 'X-Handoff-Actor', description: `Who makes the change; '${AUTHOR_DEFAULT}' if nobody says`, required: false };

/** The calls of one kind; all kinds have the same. */
function controllerOf(kind: DirectoryKind): Type {
  const listQuery = listQueryOf(kind);
  const body = { schema: openApiOf(ENTRY_SCHEMAS[kind]) };
  const entry = revisionOf(body.schema);

  @ApiTags('directory')
  @ApiBearerAuth()
  @Controller(`v1/${kind}s`)
  class KindController {
    private readonly handler: ManageDirectoryHandler;

    constructor(@Inject(ENTRY_STORE) entries: EntryStore, @Inject(TRANSACTIONS) transactions: Transactions) {
      this.handler = new ManageDirectoryHandler(kind, { entries, transactions });
    }

    @Get()
    @ApiOperation({ summary: `The ${kind}s of the directory, by id`, operationId: `list-${kind}s` })
    @Parameters(listQuery)
    async list(@Query() sent: unknown): Promise<object> {
      const { limit, cursor, q, ...filters } = readQuery(listQuery, sent) as { limit: number; cursor?: string; q?: string } & Partial<Record<ListFilter, string>>;
      const found = await refusingCursors(async () => this.handler.list({ filters, q, limit, after: positionAt(cursor, 'string') }));
      return pageOf(found, limit, ({ id }) => [id]);
    }

    @Get(':id')
    @ApiOperation({ summary: `One ${kind}, as it is or as it was`, operationId: `read-${kind}` })
    @Parameters(FIND_QUERY)
    @ApiResponse({ status: 200, ...entry, headers: { ETag: { schema: { type: 'string' }, description: 'The revision' } } })
    async find(@Param('id') id: string, @Query() sent: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<Current> {
      const { at } = readQuery(FIND_QUERY, sent);
      const found = await this.handler.find(usable(id), at);
      void reply.header('etag', etagOf(found));
      return found;
    }

    @Get(':id/history')
    @ApiOperation({ summary: `Every revision of one ${kind}, newest first; a null document is a deletion`, operationId: `read-${kind}-history` })
    @Parameters(HISTORY_QUERY)
    async history(@Param('id') id: string, @Query() sent: unknown): Promise<object> {
      const { limit, cursor } = readQuery(HISTORY_QUERY, sent);
      const found = await refusingCursors(async () => this.handler.history(usable(id), { limit, before: positionAt(cursor, 'number') }));
      return pageOf(found, limit, ({ revision }) => [revision]);
    }

    @Put(':id')
    @ApiOperation({ summary: `Creates or replaces one ${kind}; the same content again makes no revision`, operationId: `write-${kind}` })
    @RequestHeaders(IF_MATCH, IF_NONE_MATCH, ACTOR)
    @ApiBody(body)
    @ApiResponse({ status: 200, description: 'Replaced, or as it was', ...entry })
    @ApiResponse({ status: 201, description: 'Created', ...entry })
    async put(@Param('id') id: string, @Body() content: unknown, @Headers() sent: Sent, @Res({ passthrough: true }) reply: FastifyReply): Promise<Current> {
      const { entry: written, isNew } = await this.handler.put(usable(id), content, authorOf(sent));
      void reply.status(isNew ? 201 : 200).header('etag', etagOf(written));
      return written;
    }

    @Delete(':id')
    @HttpCode(204)
    @ApiOperation({ summary: `Deletes one ${kind}; its history stays`, operationId: `delete-${kind}` })
    @RequestHeaders({ ...IF_MATCH, required: true }, ACTOR)
    async remove(@Param('id') id: string, @Headers() sent: Sent): Promise<void> {
      await this.handler.remove(usable(id), authorOf(sent));
    }
  }
  return named(KindController, `${kind}-controller`);
}

/** One controller a kind: `/v1/publishers`, `/v1/offers`, … */
export const DIRECTORY_CONTROLLERS: readonly Type[] = DIRECTORY_KINDS.map(controllerOf);

function authorOf(sent: Sent): { by: string; ifMatch: string | undefined; ifNoneMatch: string | undefined } {
  return { by: sent['x-handoff-actor']?.trim().slice(0, AUTHOR_LENGTH_MAX) || AUTHOR_DEFAULT, ifMatch: sent['if-match'], ifNoneMatch: sent['if-none-match'] };
}

function usable(id: string): string {
  if (id.length <= ID_LENGTH_MAX && !id.includes('\u0000') && id.isWellFormed()) return id;
  throw new Problem(422, 'field-invalid', `The id has more than ${ID_LENGTH_MAX} characters, or one that cannot be stored.`, { fields: [{ field: 'id', detail: 'cannot be used' }] });
}

function openApiOf(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { io: 'input', target: 'openapi-3.0' }) as object;
}

function revisionOf(document: object): { schema: object } {
  return { schema: { type: 'object', properties: { id: { type: 'string' }, revision: { type: 'integer' }, changedAt: { type: 'string', format: 'date-time' }, changedBy: { type: 'string' }, document } } };
}

function RequestHeaders(...headers: readonly (typeof IF_MATCH)[]): MethodDecorator {
  return applyDecorators(...headers.map((header) => ApiHeader(header)));
}

/** Describes each parameter of a query schema. */
function Parameters(schema: z.ZodObject): MethodDecorator {
  const { properties = {} } = openApiOf(schema) as { properties?: Record<string, { description?: string }> };
  return (target, key, descriptor) => {
    for (const [name, { description, ...parameter }] of Object.entries(properties)) {
      ApiQuery({ name, required: false, schema: parameter as object, ...(description === undefined ? {} : { description }) })(target, key, descriptor);
    }
  };
}

/** Nest and its log tell controllers apart by the name of the class. */
function named<T extends Type>(controller: T, name: string): T {
  Object.defineProperty(controller, 'name', { value: name });
  return controller;
}
