import type { Transactions } from '@handoff/messaging';
import { Problem, refusingCursors } from '@handoff/platform';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { TRANSACTIONS } from '../tokens.js';
import { NOTICE_STORE, type NoticeRecord, type NoticeStore } from './notice.store.js';

export class NoticePageQuery {
  @ApiPropertyOptional({ description: '`next` of the page before' }) @IsOptional() @IsString() @MaxLength(1_024) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

export class NoticeListQuery extends NoticePageQuery {
  @ApiPropertyOptional({ example: 'contoso-crm' }) @IsOptional() @IsString() @MaxLength(256) offerId?: string;
  @ApiPropertyOptional({ type: Boolean, description: 'Whether the outage lasts' }) @IsOptional() @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)) @IsBoolean() isOpen?: boolean;
}

export class NoticeView {
  @ApiProperty({ example: 'outage-7' }) noticeId!: string;
  @ApiProperty({ description: 'Rises by one with each news' }) noticeVersion!: number;
  @ApiProperty({ example: 'contoso-crm' }) offerId!: string;
  @ApiProperty() summary!: string;
  @ApiProperty({ format: 'date-time' }) startedAt!: string;
  @ApiProperty({ nullable: true, type: String, format: 'date-time', description: 'null while the outage lasts' }) endedAt!: string | null;
  @ApiProperty({ format: 'date-time' }) changedAt!: string;
  @ApiProperty({ description: 'Partners that it concerns or concerned' }) partners!: number;
  @ApiProperty({ description: 'Those that were told of the newest version' }) partnersTold!: number;
  @ApiProperty({ nullable: true, type: String, description: 'What hinders the telling, where something does; it is tried again' }) failure!: string | null;
}

export class NoticeList {
  @ApiProperty({ type: [NoticeView] }) items!: NoticeView[];
  @ApiProperty({ nullable: true, type: String }) next!: string | null;
}

export class NoticeMessageView {
  @ApiProperty({ format: 'uuid' }) notificationId!: string;
  @ApiProperty({ description: 'Of the notice' }) version!: number;
  @ApiProperty() channel!: string;
  @ApiProperty({ enum: ['delivered', 'failed', 'suppressed'] }) outcome!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ nullable: true, type: String }) code!: string | null;
  @ApiProperty() detail!: string;
}

export class NoticePartnerView {
  @ApiProperty({ example: '1001' }) partnerId!: string;
  @ApiProperty({ nullable: true, type: String }) partnerName!: string | null;
  @ApiProperty({ description: 'Customers on the offer when it was last told' }) customers!: number;
  @ApiProperty({ description: 'The last version of which it was told; 0: none yet' }) toldVersion!: number;
  @ApiProperty({ nullable: true, type: String, format: 'date-time' }) toldAt!: string | null;
  @ApiProperty({ type: [NoticeMessageView], description: 'What became of the messages, as far as it is known' }) messages!: readonly NoticeMessageView[];
}

export class NoticePartnerList {
  @ApiProperty({ type: [NoticePartnerView] }) items!: readonly NoticePartnerView[];
  @ApiProperty({ nullable: true, type: String }) next!: string | null;
}

@ApiTags('health notices')
@ApiBearerAuth()
@Controller('v1/health-notices')
export class HealthNoticesController {
  constructor(@Inject(NOTICE_STORE) private readonly notices: NoticeStore, @Inject(TRANSACTIONS) private readonly transactions: Transactions) {}

  @Get()
  @ApiOperation({ summary: 'Outages that publishers reported, the last changed first' })
  @ApiOkResponse({ type: NoticeList })
  async list(@Query() { limit = 50, ...query }: NoticeListQuery): Promise<NoticeList> {
    const page = await refusingCursors(() => this.transactions.run((tx) => this.notices.list(tx, { ...query, limit })));
    return { items: page.items.map(viewOf), next: page.next };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of them' })
  @ApiOkResponse({ type: NoticeView })
  async find(@Param('id') id: string): Promise<NoticeView> {
    const found = await this.transactions.run((tx) => this.notices.find(tx, id));
    if (found === null) throw noticeUnknown(id);
    return viewOf(found);
  }

  @Get(':id/partners')
  @ApiOperation({ summary: 'The partners that it concerns, and what each was told' })
  @ApiOkResponse({ type: NoticePartnerList })
  async partners(@Param('id') id: string, @Query() { cursor, limit = 50 }: NoticePageQuery): Promise<NoticePartnerList> {
    return refusingCursors(() => this.transactions.run(async (tx) => {
      if ((await this.notices.find(tx, id)) === null) throw noticeUnknown(id);
      return this.notices.partnersOf(tx, id, { cursor, limit });
    }));
  }
}

function viewOf({ notice, version, changedAt, partners, partnersTold, failure }: NoticeRecord): NoticeView {
  const { id, offerId, summary, startedAt, endedAt } = notice;
  return { noticeId: id, noticeVersion: version, offerId, summary, startedAt, endedAt, changedAt, partners, partnersTold, failure };
}

function noticeUnknown(id: string): Problem {
  return new Problem(404, 'notice-unknown', `There is no health notice '${id.slice(0, 64)}'. One that was just accepted appears within a second or two.`);
}
