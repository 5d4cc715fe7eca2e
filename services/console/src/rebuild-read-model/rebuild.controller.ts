import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { REBUILD_STATES, RebuildHandler } from './rebuild.handler.js';

export class RebuildView {
  @ApiProperty({ enum: REBUILD_STATES, description: 'never: not since this process started' }) state!: string;
  @ApiProperty() eventsDone!: number;
  @ApiProperty({ description: '0 while it waits for its turn' }) eventsTotal!: number;
  @ApiProperty({ nullable: true, type: String, format: 'date-time' }) startedAt!: string | null;
  @ApiProperty({ nullable: true, type: String, format: 'date-time' }) endedAt!: string | null;
  @ApiProperty({ nullable: true, type: String, description: 'Why it failed' }) reason!: string | null;
}

@ApiTags('operations')
@ApiBearerAuth()
@Controller('v1/rebuild')
export class RebuildController {
  constructor(private readonly handler: RebuildHandler) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Makes the read model anew from the log, in the background, unless that is being done already' })
  @ApiAcceptedResponse({ type: RebuildView })
  start(): RebuildView {
    return this.handler.start();
  }

  @Get()
  @ApiOperation({ summary: 'How far the last rebuild of this process is' })
  @ApiOkResponse({ type: RebuildView })
  show(): RebuildView {
    return this.handler.last;
  }
}
