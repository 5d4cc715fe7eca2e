import type { FileFinding } from '@handoff/matrix-files';
import { BodyPipe, type Page, Problem, refusingCursors } from '@handoff/platform';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActivateVersionHandler } from './activate-version.handler.js';
import { CompareVersionsHandler } from './compare-versions.handler.js';
import type { Comparison } from './comparison.js';
import { ManageVersionsHandler, type Written } from './manage-versions.handler.js';
import { ActivateBody, CompareBody, CompareTextBody, CreateVersionBody, MatrixTextBody, RollbackBody, VersionListQuery } from './matrix.body.js';
import { ifMatchNeeded } from './matrix.problems.js';
import type { MatrixVersion, VersionSummary } from './matrix-version.js';
import { type SecondPersonRule, UNKNOWN_ACTOR } from './second-person.decision.js';

const DAYS = 30;
const TICKETS_SHOWN = 50;
/** There is one token and no users: whoever calls may say who he is. */
const ACTOR_HEADER = 'x-handoff-actor';
const ACTOR_CHARS_MAX = 128;

@ApiTags('matrix')
@ApiBearerAuth()
@ApiHeader({ name: 'X-Handoff-Actor', required: false, description: 'Who asks; kept beside what changed.' })
@Controller('v1/matrix')
export class MatrixController {
  constructor(private readonly versions: ManageVersionsHandler, private readonly activation: ActivateVersionHandler, private readonly comparison: CompareVersionsHandler) {}

  @Post('versions')
  @ApiOperation({ summary: 'Stores a draft. It must compile; otherwise every finding is told with its line and remedy' })
  async create(@Body() body: CreateVersionBody, @Headers(ACTOR_HEADER) actor: string | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return writtenView(await this.versions.create({ ...body, by: actorOf(actor) }), reply);
  }

  @Get('versions')
  @ApiOperation({ summary: 'Versions without their texts, the newest first' })
  list(@Query() query: VersionListQuery): Promise<Page<VersionSummary>> {
    return refusingCursors(() => this.versions.list({ cursor: query.cursor, limit: query.limit ?? 50 }));
  }

  @Get('versions/:version')
  @ApiOperation({ summary: 'A version with its texts; its ETag is what a change must name' })
  async find(@Param('version') version: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<MatrixVersion & { readonly secondPerson: SecondPersonRule }> {
    return { ...tagged(await this.versions.get(version), reply), secondPerson: this.activation.secondPerson };
  }

  @Put('versions/:version')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the draft that the change rests on.' })
  @ApiOperation({ summary: 'Replaces the text of a draft' })
  async replace(@Param('version') version: string, @Body() body: MatrixTextBody, @Headers() headers: Readonly<Record<string, string | undefined>>, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return writtenView(await this.versions.replace({ version, ...body, revision: revisionOf(headers['if-match']), by: actorOf(headers[ACTOR_HEADER]) }), reply);
  }

  @Post('versions/:version/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Runs its cases. When all pass, the version may become active' })
  async test(@Param('version') name: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { version, results } = await this.versions.test(name);
    const failed = results.filter(({ passed }) => !passed).length;
    const { state } = tagged(version, reply);
    return { version: name, state, passed: results.length - failed, failed, results };
  }

  @Post('versions/:version/activate')
  @HttpCode(200)
  @ApiBody({ type: ActivateBody, required: false })
  @ApiOperation({ summary: 'Makes a tested version the active one, now or at a later time', description: 'Whoever wrote it may not, unless MATRIX_SECOND_PERSON is off: 409 `second-person-needed`.' })
  async activate(@Param('version') version: string, @Body() given: unknown, @Headers(ACTOR_HEADER) actor: string | undefined): Promise<object> {
    const { at, expectedActive } = await bodyOf(ActivateBody, given);
    return summaryOf(await this.activation.activate(version, { at: at === undefined ? null : instantOf(at), expectedActive: expectedActive ?? null }, actorOf(actor)));
  }

  @Delete('versions/:version/activation')
  @ApiOperation({ summary: 'Takes back an activation at a later time' })
  async unschedule(@Param('version') version: string): Promise<object> {
    return summaryOf(await this.activation.unschedule(version));
  }

  @Post('rollback')
  @HttpCode(200)
  @ApiBody({ type: RollbackBody, required: false })
  @ApiOperation({ summary: 'Makes the version active that the active one replaced' })
  async rollback(@Body() given: unknown, @Headers(ACTOR_HEADER) actor: string | undefined): Promise<object> {
    const { expectedActive } = await bodyOf(RollbackBody, given);
    return summaryOf(await this.activation.rollback(expectedActive ?? null, actorOf(actor)));
  }

  @Post('versions/:version/compare')
  @HttpCode(200)
  @ApiBody({ type: CompareBody, required: false })
  @ApiOperation({ summary: 'What a version would have decided otherwise about past tickets than the active one. Nothing is stored' })
  async compareVersion(@Param('version') version: string, @Body() given: unknown): Promise<Comparison> {
    const { days = DAYS, limit = TICKETS_SHOWN } = await bodyOf(CompareBody, given);
    return this.comparison.compareVersion(version, { days, limit });
  }

  @Post('compare')
  @HttpCode(200)
  @ApiOperation({ summary: 'The same for rules that are not stored' })
  async compareText(@Body() { matrix, days = DAYS, limit = TICKETS_SHOWN }: CompareTextBody): Promise<Comparison> {
    return this.comparison.compareText({ matrix, version: 'not-stored' }, { days, limit });
  }
}

/** A body that may be left out. */
async function bodyOf<T extends object>(type: new () => T, given: unknown): Promise<T> {
  return (await new BodyPipe().transform(given ?? {}, { type: 'body', metatype: type })) as T;
}

function tagged(version: MatrixVersion, reply: FastifyReply): MatrixVersion {
  void reply.header('etag', `"${version.revision}"`);
  return version;
}

function writtenView({ version, findings }: Written, reply: FastifyReply): MatrixVersion & { readonly findings: readonly FileFinding[] } {
  return { ...tagged(version, reply), findings };
}

function summaryOf({ matrix: _matrix, cases: _cases, ...summary }: MatrixVersion): VersionSummary {
  return summary;
}

function revisionOf(ifMatch: string | undefined): number {
  const [, digits] = /^(?:W\/)?"?(\d{1,9})"?$/.exec(ifMatch?.trim() ?? '') ?? [];
  if (digits === undefined) throw ifMatchNeeded();
  return Number(digits);
}

function instantOf(at: string): string {
  const parsed = Date.parse(at);
  if (Number.isNaN(parsed)) throw new Problem(422, 'invalid-content', `There is no time '${at}'.`, { fields: [{ field: '/at', detail: 'is no time that there is' }] });
  return new Date(parsed).toISOString();
}

function actorOf(header: string | undefined): string {
  const said = header?.replace(/[^\x20-\x7e]/g, '').trim().slice(0, ACTOR_CHARS_MAX) ?? '';
  return said === '' ? UNKNOWN_ACTOR : said;
}
