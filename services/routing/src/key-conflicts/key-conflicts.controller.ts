import type { Transactions } from '@handoff/messaging';
import { refusingCursors } from '@handoff/platform';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { TRANSACTIONS } from '../tokens.js';
import { KEY_CONFLICT_STORE, type KeyConflictStore } from './key-conflict.store.js';

export class KeyConflictListQuery {
  @ApiPropertyOptional({ example: 'jira-demo' }) @IsOptional() @IsString() @MaxLength(256) source?: string;
  @ApiPropertyOptional({ format: 'uuid' }) @IsOptional() @IsUUID() ticketId?: string;
  @ApiPropertyOptional({ description: '`next` of the page before' }) @IsOptional() @IsString() @MaxLength(1_024) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

export class KeyConflictView {
  @ApiProperty({ description: 'Of both: it follows from the key' }) eventId!: string;
  @ApiProperty({ format: 'uuid' }) ticketId!: string;
  @ApiProperty({ example: 'jira-demo' }) source!: string;
  @ApiProperty({ example: 'SUP-12' }) externalId!: string;
  @ApiProperty({ description: 'What came under the used key, and changed nothing' }) content!: object;
  @ApiProperty({ description: 'How often it came' }) times!: number;
  @ApiProperty({ format: 'date-time' }) firstAt!: string;
  @ApiProperty({ format: 'date-time' }) lastAt!: string;
}

export class KeyConflictList {
  @ApiProperty({ type: [KeyConflictView] }) items!: KeyConflictView[];
  @ApiProperty({ nullable: true, type: String }) next!: string | null;
}

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/key-conflicts')
export class KeyConflictsController {
  constructor(@Inject(KEY_CONFLICT_STORE) private readonly conflicts: KeyConflictStore, @Inject(TRANSACTIONS) private readonly transactions: Transactions) {}

  @Get()
  @ApiOperation({ summary: 'Events whose key had been used for another content, the newest first', description: 'The first content counts. What came later is kept here, so that nothing is lost; mend the sender, which must name each event by a key of its own.' })
  @ApiOkResponse({ type: KeyConflictList })
  async list(@Query() query: KeyConflictListQuery): Promise<KeyConflictList> {
    const page = await refusingCursors(() => this.transactions.run((tx) => this.conflicts.list(tx, { ...query, limit: query.limit ?? 50 })));
    return { items: page.items.map(({ contentDigest: _digest, ...conflict }) => conflict), next: page.next };
  }
}
