import { randomUUID } from 'node:crypto';
import { OFFER_KINDS, type OfferKind } from '@handoff/matrix';
import type { Transactions } from '@handoff/messaging';
import { Problem, refusingCursors, StreamedBody } from '@handoff/platform';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiPropertyOptional, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { TRANSACTIONS } from '../tokens.js';
import { FORMATS } from './formats/formats.js';
import { ID_CHARS_MAX, type Import, IMPORT_FORMATS, type ImportFormatName, type ImportOptions, type ImportSyntax, SALES_MODELS } from './import.js';
import { importBytes } from './import-bytes.js';
import { IMPORT_STORE, type ImportStore } from './import.store.js';
import { asProblem, refusedProblem } from './import-problems.js';
import { ReceiveImportHandler } from './receive-import.handler.js';

const SWITCH = ['true', 'false'] as const;

export class ImportQuery {
  @ApiProperty({ enum: IMPORT_FORMATS }) @IsIn(IMPORT_FORMATS) format!: ImportFormatName;
  @ApiPropertyOptional({ description: 'Name of the import; the same file sent again under it goes on where it stopped', example: 'crm-2026-11-01' }) @IsOptional() @Matches(/^[A-Za-z0-9._-]{1,64}$/, { message: 'id has 1 to 64 letters, digits, dots, dashes or underscores' }) id?: string;
  @ApiPropertyOptional({ enum: SWITCH, description: 'Report only; the directory stays as it is' }) @IsOptional() @IsIn(SWITCH) dryRun?: string;
  @ApiPropertyOptional({ enum: SWITCH, description: 'Apply the valid records also where others are invalid' }) @IsOptional() @IsIn(SWITCH) skipInvalid?: string;
  @ApiPropertyOptional({ description: 'Offers: whose listings they are', example: 'contoso' }) @IsOptional() @IsString() @MaxLength(ID_CHARS_MAX) publisher?: string;
  @ApiPropertyOptional({ enum: OFFER_KINDS, description: 'Offers: the kind of those whose listing does not tell it' }) @IsOptional() @IsIn(OFFER_KINDS) offerKind?: OfferKind;
  @ApiPropertyOptional({ description: "Customers and subscriptions: the partner whose Partner Center the file is from", example: '1001' }) @IsOptional() @Matches(/^\d{1,20}$/, { message: 'partner is a PartnerID, which has digits only' }) partner?: string;
  @ApiPropertyOptional({ enum: SALES_MODELS, description: 'How that partner sells', default: 'indirect' }) @IsOptional() @IsIn(SALES_MODELS) model?: (typeof SALES_MODELS)[number];
  @ApiPropertyOptional({ description: 'Subscriptions: the customer of those that name none' }) @IsOptional() @IsString() @MaxLength(ID_CHARS_MAX) customer?: string;
}

export class ImportPageQuery {
  @ApiPropertyOptional({ description: '`next` of the page before' }) @IsOptional() @IsString() @MaxLength(512) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

@ApiTags('imports')
@ApiBearerAuth()
@Controller('v1/imports')
export class ImportsController {
  constructor(@Inject(ReceiveImportHandler) private readonly handler: ReceiveImportHandler, @Inject(IMPORT_STORE) private readonly imports: ImportStore, @Inject(TRANSACTIONS) private readonly transactions: Transactions) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes a file into the directory, all of it or nothing' })
  @ApiConsumes('text/csv', 'application/json', 'application/x-ndjson')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async receive(@Query() query: ImportQuery, @Req() request: FastifyRequest): Promise<object> {
    const body = request.body;
    if (!(body instanceof StreamedBody)) throw new Problem(400, 'bad-request', 'The file is expected as the body of the request.');
    const file = { id: query.id ?? randomUUID(), options: optionsOf(query, syntaxOf(body.contentType, query.format)), bytes: importBytes(body.chunks(), isGzip(body.contentEncoding)) };
    try {
      const ended = await this.handler.receive(file);
      if (ended.state !== 'refused') return viewOf(ended);
      const { items } = await this.transactions.run((tx) => this.imports.problems(tx, ended.seq, { limit: 20 }));
      throw refusedProblem(ended, items);
    } catch (error) {
      throw asProblem(error, { id: file.id, isUnavailable: (cause) => this.transactions.isUnavailable(cause) });
    }
  }

  @Get()
  @ApiOperation({ summary: 'Imports, the latest first' })
  list(@Query() query: ImportPageQuery): Promise<object> {
    return refusingCursors(async () => {
      const { items, next } = await this.transactions.run((tx) => this.imports.list(tx, { ...query, limit: query.limit ?? 50 }));
      return { items: items.map(viewOf), next };
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far an import is, or what became of it' })
  async find(@Param('id') id: string): Promise<object> {
    return viewOf(await this.existing(id));
  }

  @Get(':id/report')
  @ApiOperation({ summary: 'What is wrong with which line, and what would be right' })
  report(@Param('id') id: string, @Query() query: ImportPageQuery): Promise<object> {
    return refusingCursors(async () => {
      const { seq } = await this.existing(id);
      return this.transactions.run((tx) => this.imports.problems(tx, seq, { ...query, limit: query.limit ?? 50 }));
    });
  }

  private async existing(id: string): Promise<Import> {
    const found = await this.transactions.run((tx) => this.imports.find(tx, id));
    if (found === null) throw new Problem(404, 'import-not-found', `There is no import '${id.slice(0, 64)}'.`);
    return found;
  }
}

const SYNTAX_OF: Readonly<Record<string, ImportSyntax>> = { 'text/csv': 'csv', 'application/json': 'json', 'application/x-ndjson': 'ndjson', 'application/ndjson': 'ndjson', 'application/jsonl': 'ndjson' };

function syntaxOf(contentType: string, format: ImportFormatName): ImportSyntax {
  const syntax = SYNTAX_OF[contentType.split(';')[0]?.trim().toLowerCase() ?? ''];
  const { syntaxes } = FORMATS[format];
  if (syntax !== undefined && syntaxes.includes(syntax)) return syntax;
  const types = Object.entries(SYNTAX_OF).filter(([, known]) => syntaxes.includes(known)).map(([type]) => type);
  throw new Problem(415, 'unsupported-media-type', `A file of ${format} is sent with the Content-Type ${types.join(' or ')}.`, { fields: [{ field: 'Content-Type', detail: types.join(', ') }] });
}

function isGzip(contentEncoding: string): boolean {
  if (contentEncoding === '' || contentEncoding === 'identity') return false;
  if (contentEncoding === 'gzip') return true;
  throw new Problem(415, 'unsupported-media-type', 'The Content-Encoding is not supported; send the file as it is, or as gzip.');
}

function optionsOf(query: ImportQuery, syntax: ImportSyntax): ImportOptions {
  const { format, publisher, offerKind, partner, model, customer } = query;
  const told = Object.fromEntries(Object.entries({ publisher, offerKind, partner, model, customer }).filter(([, value]) => value !== undefined && value !== ''));
  return { format, syntax, dryRun: query.dryRun === 'true', skipInvalid: query.skipInvalid === 'true', ...told };
}

function viewOf({ id, state, options, counts, position, ignoredColumns, detail, createdAt, updatedAt, finishedAt }: Import): object {
  const { staged: _staged, ...told } = counts;
  return { importId: id, state, ...options, counts: told, position: { records: position.records, line: position.line }, ignoredColumns, detail, createdAt, updatedAt, finishedAt };
}
