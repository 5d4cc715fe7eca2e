import { isUuid } from '@handoff/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { instantOf } from '../instant.js';
import { ManageSuppressionsHandler, type SuppressionStanding, suppressionUnknown } from './manage-suppressions.handler.js';
import { CreateSuppression, EndSuppression, SuppressionPageView, SuppressionQueryBody, SuppressionView } from './suppressions.dto.js';

@ApiTags('suppressions')
@Controller('v1/suppressions')
export class SuppressionsController {
  constructor(private readonly handler: ManageSuppressionsHandler) {}

  @Get()
  @ApiOperation({ summary: 'Suppressions, the latest first' })
  @ApiResponse({ status: 200, type: SuppressionPageView })
  async list(@Query() { state, cursor, limit }: SuppressionQueryBody): Promise<SuppressionPageView> {
    const { items, next } = await this.handler.list({ state: state ?? null, cursor: cursor ?? null, limit });
    return { items: items.map(viewOf), next };
  }

  @Post()
  @ApiOperation({ summary: 'Holds messages back for a time' })
  @ApiResponse({ status: 201, type: SuppressionView })
  async create(@Body() { match, includeSeverityA, from, until, reason, author, authorEmail }: CreateSuppression): Promise<SuppressionView> {
    return viewOf(await this.handler.create({
      match: { ...match }, includesSeverityA: includeSeverityA ?? false, reason, author, authorEmail: authorEmail ?? null,
      from: from === undefined ? null : instantOf(from, '/from'), until: instantOf(until, '/until'),
    }));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One suppression' })
  @ApiResponse({ status: 200, type: SuppressionView })
  async get(@Param('id') id: string): Promise<SuppressionView> {
    return viewOf(await this.handler.get(known(id)));
  }

  @Post(':id/end')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends a suppression before its time; what it holds is then told' })
  @ApiResponse({ status: 200, type: SuppressionView })
  async end(@Param('id') id: string, @Body() { by }: EndSuppression): Promise<SuppressionView> {
    return viewOf(await this.handler.end(known(id), by));
  }
}

function known(id: string): string {
  if (!isUuid(id)) throw suppressionUnknown(id);
  return id;
}

function viewOf({ suppression, state, held }: SuppressionStanding): SuppressionView {
  const { suppressionId, match, includesSeverityA, reason, author, authorEmail, from, until, createdAt, ended } = suppression;
  return { id: suppressionId, state, match, includeSeverityA: includesSeverityA, reason, author, authorEmail, from, until, endedAt: ended?.at ?? null, endedBy: ended?.by ?? null, held, createdAt };
}
