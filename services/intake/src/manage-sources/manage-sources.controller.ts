import { BodyPipe, Problem } from '@handoff/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { problemResponse } from '../http/documents.js';
import { SOURCE_NAME } from '../sources/source.js';
import { ManageSourcesHandler } from './manage-sources.handler.js';
import { LISTED_EXAMPLE, type ListedSource, SOURCE_EXAMPLE, type SourceDocument, SourceDocuments, WHOLE_EXAMPLE, type WholeSource } from './source-documents.js';
import { ChangeSourceBody, CreateSourceBody, MappingBody, RotateSecretBody } from './source.body.js';

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 200;

@ApiTags('sources')
@ApiBearerAuth('bearer')
@problemResponse(401, 'token-required')
@Controller('v1/sources')
export class ManageSourcesController {
  constructor(private readonly handler: ManageSourcesHandler, private readonly documents: SourceDocuments) {}

  @Get()
  @ApiOperation({ summary: 'List the sources, by name, with what came from each' })
  @ApiQuery({ name: 'cursor', required: false, description: '`next` of the page before.' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT } })
  @ApiResponse({ status: 200, schema: { example: { items: [LISTED_EXAMPLE], next: null } } })
  @problemResponse(422, 'field-invalid')
  async list(@Query('cursor') cursor?: string, @Query('limit') limit?: string): Promise<{ items: readonly ListedSource[]; next: string | null }> {
    const page = await this.handler.list(cursorOf(cursor), limitOf(limit));
    return { items: await this.documents.list(page.items), next: page.next === null ? null : Buffer.from(page.next).toString('base64url') };
  }

  @Post()
  @ApiOperation({ summary: 'Create a source', description: 'The answer holds the secret; it is never shown again. It is null for a system that proves itself without one.' })
  @ApiResponse({ status: 201, schema: { example: { ...SOURCE_EXAMPLE, secret: 'shown here, once' } } })
  @problemResponse(409, 'source-exists')
  @problemResponse(422, 'invalid-content, secret-unusable')
  async create(@Body() body: CreateSourceBody): Promise<SourceDocument & { secret: string | null }> {
    const { source, secret } = await this.handler.create(body);
    return { ...this.documents.of(source), secret };
  }

  @Get(':source')
  @ApiOperation({ summary: 'Read a source, with what came from it, and when its secrets were made and expire' })
  @ApiResponse({ status: 200, schema: { example: WHOLE_EXAMPLE } })
  @problemResponse(404, 'source-unknown')
  async read(@Param('source') source: string): Promise<WholeSource> {
    return this.documents.whole(await this.handler.find(source));
  }

  @Patch(':source')
  @ApiOperation({ summary: 'Change what is given; mapping, settings, lists and api are replaced as a whole' })
  @ApiResponse({ status: 200, schema: { example: SOURCE_EXAMPLE } })
  @problemResponse(404, 'source-unknown')
  @problemResponse(422, 'invalid-content')
  async change(@Param('source') source: string, @Body() body: ChangeSourceBody): Promise<SourceDocument> {
    return this.documents.of(await this.handler.change(source, body));
  }

  @Put(':source/mapping')
  @ApiOperation({ summary: 'Replace the mapping' })
  @ApiResponse({ status: 200, schema: { example: SOURCE_EXAMPLE } })
  @problemResponse(404, 'source-unknown')
  @problemResponse(422, 'invalid-content')
  async replaceMapping(@Param('source') source: string, @Body() mapping: MappingBody): Promise<SourceDocument> {
    return this.documents.of(await this.handler.change(source, { mapping }));
  }

  @Post(':source/pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hold its webhooks back', description: 'They are verified, taken and answered with 202 as before, and handled when the source is resumed. Nothing is lost, and no system stops to post.' })
  @ApiResponse({ status: 200, schema: { example: { ...SOURCE_EXAMPLE, pausedAt: '2026-11-02T09:00:00.000Z' } } })
  @problemResponse(404, 'source-unknown')
  async pause(@Param('source') source: string): Promise<SourceDocument> {
    return this.documents.of(await this.handler.pause(source));
  }

  @Post(':source/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Handle its webhooks again, those that were held back first' })
  @ApiResponse({ status: 200, schema: { example: SOURCE_EXAMPLE } })
  @problemResponse(404, 'source-unknown')
  async resume(@Param('source') source: string): Promise<SourceDocument> {
    return this.documents.of(await this.handler.resume(source));
  }

  @Post(':source/secrets/rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Add a new secret and let the old ones expire', description: 'The answer holds the new secret; it is never shown again. Old and new both hold until the old one expires, by default for 24 hours.' })
  @ApiResponse({ status: 200, schema: { example: { source: 'jira-emea', secret: 'shown here, once', oldExpireAt: '2026-11-02T09:00:00.000Z' } } })
  @problemResponse(404, 'source-unknown')
  @problemResponse(409, 'too-many-secrets, source-without-secret')
  @problemResponse(422, 'invalid-content, secret-unusable')
  @ApiBody({ type: RotateSecretBody, required: false })
  async rotate(@Param('source') source: string, @Body() given: unknown): Promise<{ source: string; secret: string; oldExpireAt: string }> {
    // No body at all means: make a secret, and take the default time.
    const body = (await new BodyPipe().transform(given ?? {}, { type: 'body', metatype: RotateSecretBody })) as RotateSecretBody;
    const { secret, oldExpireAt } = await this.handler.rotate(source, body);
    return { source, secret, oldExpireAt: oldExpireAt.toISOString() };
  }

  @Delete(':source')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a source and its secrets; its tickets stay' })
  @ApiResponse({ status: 204 })
  @problemResponse(404, 'source-unknown')
  async remove(@Param('source') source: string): Promise<void> {
    await this.handler.remove(source);
  }
}

function limitOf(limit: string | undefined): number {
  if (limit === undefined) return LIMIT_DEFAULT;
  if (/^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= LIMIT_MAX) return Number(limit);
  throw parameterInvalid('limit', `must be a number from 1 to ${LIMIT_MAX}`);
}

function cursorOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const name = Buffer.from(cursor, 'base64url').toString('utf8');
  if (SOURCE_NAME.test(name)) return name;
  throw parameterInvalid('cursor', "must be 'next' of the page before");
}

function parameterInvalid(field: string, detail: string): Problem {
  return new Problem(422, 'field-invalid', `'${field}' ${detail}.`, { fields: [{ field, detail }] });
}
