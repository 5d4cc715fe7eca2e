import { isUuid } from '@handoff/contracts';
import { IsInstant } from '@handoff/platform';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNumberString, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { messageIdOf } from '../channels/mail/mail.channel.js';
import { instantOf } from '../instant.js';
import { ABOUT, type About, type Attempt, CHANNEL_KINDS, STATES, type State } from '../notification/notification.js';
import type { NotificationRecord, NotificationStore } from './notification.store.js';
import { notificationNotFound, RetryNotificationHandler } from './retry-notification.handler.js';

export const NOTIFICATION_STORE = Symbol('NOTIFICATION_STORE');
export const MAIL_DOMAIN = Symbol('MAIL_DOMAIN');

const LIMIT_MAX = 200;

export class NotificationQuery {
  @ApiPropertyOptional({ format: 'uuid' }) @IsOptional() @IsUUID('all') ticketId?: string;
  @ApiPropertyOptional({ enum: STATES }) @IsOptional() @IsIn(STATES) state?: State;
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'true: those that wait, that were given up, that a suppression holds, and that were not sent because their channel was disabled.' }) @IsOptional() @IsIn(['true', 'false']) undelivered?: 'true' | 'false';
  @ApiPropertyOptional({ example: 'isv/contoso' }) @IsOptional() @IsString() @MaxLength(256) destination?: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'Those that this suppression holds, or held last.' }) @IsOptional() @IsUUID('all') suppressionId?: string;
  @ApiPropertyOptional({ description: 'Code of the last error.', example: 'rejected' }) @IsOptional() @IsString() @MaxLength(64) code?: string;
  @ApiPropertyOptional({ description: 'The `next` of the page before.' }) @IsOptional() @IsNumberString({ no_symbols: true }) @MaxLength(18) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: LIMIT_MAX, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(LIMIT_MAX) limit: number = 50;
}

export class CausesQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Only those that were given up or left out from then on.' }) @IsOptional() @IsInstant() since?: string;
}

export class RetryAllBody {
  @ApiProperty({ format: 'date-time', description: 'Those that were given up since then.' }) @IsString() @MaxLength(64) since!: string;
  @ApiPropertyOptional({ example: 'isv/contoso' }) @IsOptional() @IsString() @MaxLength(256) destination?: string;
  @ApiPropertyOptional({ description: 'Code of the last error.', example: 'server-error' }) @IsOptional() @IsString() @MaxLength(64) code?: string;
}

export class RetriedAllView {
  @ApiProperty() retried!: number;
  @ApiProperty({ description: 'Failed ones whose contacts can still not be reached.' }) withoutChannel!: number;
  @ApiProperty({ description: 'There were more than one call looks at: call again.' }) hasMore!: boolean;
}

export class AttemptView {
  @ApiProperty() attempt!: number;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty() durationMs!: number;
  @ApiProperty({ enum: ['delivered', 'retry', 'failed'] }) outcome!: Attempt['outcome'];
  @ApiProperty({ type: String, nullable: true }) code!: string | null;
  @ApiProperty({ description: 'What the other side answered, or what went wrong.' }) detail!: string;
}

export class NotificationView {
  @ApiProperty({ format: 'uuid' }) notificationId!: string;
  @ApiProperty({ enum: ABOUT, description: 'A ticket, or what else the message is about.' }) about!: About;
  @ApiProperty({ format: 'uuid', description: 'Of a message about no ticket, the id of its thread.' }) ticketId!: string;
  @ApiProperty() ticketVersion!: number;
  @ApiProperty({ example: 'isv/contoso' }) destination!: string;
  @ApiProperty({ type: String, nullable: true }) partyName!: string | null;
  @ApiProperty({ enum: ['act', 'hand-over', 'inform'] }) purpose!: string;
  @ApiProperty({ enum: [...CHANNEL_KINDS, 'none'] }) channel!: string;
  @ApiProperty({ type: String, nullable: true, format: 'uuid' }) channelId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Mail address, or URL without its query.' }) address!: string | null;
  @ApiProperty({ enum: STATES }) state!: State;
  @ApiProperty({ type: String, nullable: true, description: 'Stable code of the last error.' }) code!: string | null;
  @ApiProperty({ type: String, nullable: true }) detail!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'What proves the delivery.' }) receipt!: string | null;
  @ApiProperty({ description: 'Sent while an earlier one of its ticket and address still waited for a retry.' }) overtakes!: boolean;
  @ApiProperty({ type: String, nullable: true, format: 'uuid', description: 'The suppression that holds it, or held it last.' }) suppressionId!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'uuid', description: 'The message that tells it together with others.' }) summaryId!: string | null;
  @ApiProperty({ type: [AttemptView] }) attempts!: readonly AttemptView[];
  @ApiProperty({ type: String, nullable: true, format: 'date-time' }) nextAttemptAt!: string | null;
  @ApiProperty({ description: 'Attempts by schedule that are still to come.' }) attemptsLeft!: number;
  @ApiProperty({ description: 'Message-ID or webhook-id, the same at every attempt.', type: String, nullable: true }) messageId!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' }) finishedAt!: string | null;
}

export class NotificationPage {
  @ApiProperty({ type: [NotificationView] }) items!: readonly NotificationView[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}


export class NotificationCauseView {
  @ApiProperty({ enum: STATES }) state!: State;
  @ApiProperty({ description: 'Stable code of the last error.' }) code!: string;
  @ApiProperty({ enum: [...CHANNEL_KINDS, 'none'] }) channel!: string;
  @ApiProperty({ example: 'isv/contoso' }) destination!: string;
  @ApiProperty() notifications!: number;
  @ApiProperty({ type: String, nullable: true, description: 'Of the one that was planned last.' }) detail!: string | null;
  @ApiProperty({ format: 'date-time', description: 'When the first of them was planned.' }) firstAt!: string;
  @ApiProperty({ format: 'date-time' }) lastAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time', description: 'The next attempt at any of them.' }) nextAttemptAt!: string | null;
  @ApiProperty({ description: 'Whether a retry by hand sends them again.' }) isResendable!: boolean;
}

export class NotificationCauses {
  @ApiProperty({ type: [NotificationCauseView] }) items!: readonly NotificationCauseView[];
}

@ApiTags('notifications')
@Controller('v1/notifications')
export class NotificationsController {
  constructor(
    @Inject(NOTIFICATION_STORE) private readonly store: NotificationStore,
    private readonly retries: RetryNotificationHandler,
    @Inject(MAIL_DOMAIN) private readonly mailDomain: string,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Notifications with their attempts, the latest first' })
  @ApiResponse({ status: 200, type: NotificationPage })
  async list(@Query() query: NotificationQuery): Promise<NotificationPage> {
    const { items, next } = await this.store.list({ ticketId: query.ticketId ?? null, state: query.state ?? null, undelivered: query.undelivered === 'true', destination: query.destination, suppressionId: query.suppressionId, code: query.code, cursor: query.cursor ?? null, limit: query.limit });
    return { items: items.map((item) => this.viewOf(item)), next };
  }

  @Post('retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Sends all that failed since a time, or that a disabled channel missed, again, each under its own id' })
  @ApiResponse({ status: 202, type: RetriedAllView })
  retryAll(@Body() { since, destination, code }: RetryAllBody): Promise<RetriedAllView> {
    return this.retries.handleAll({ since: instantOf(since, '/since'), destination: destination ?? null, code: code ?? null });
  }

  @Get('causes')
  @ApiOperation({ summary: 'What is undelivered after an error or kept back, counted by code, channel and destination, the most frequent first' })
  @ApiResponse({ status: 200, type: NotificationCauses })
  async causes(@Query() { since }: CausesQuery): Promise<NotificationCauses> {
    return { items: await this.store.causes(since === undefined ? null : new Date(since)) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One notification with its attempts' })
  @ApiResponse({ status: 200, type: NotificationView })
  async get(@Param('id') id: string): Promise<NotificationView> {
    const found = isUuid(id) ? await this.store.get(id) : null;
    if (found === null) throw notificationNotFound(id);
    return this.viewOf(found);
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Sends a notification again that failed or that a disabled channel missed, under its own id' })
  @ApiResponse({ status: 202, type: NotificationView })
  async retry(@Param('id') id: string): Promise<NotificationView> {
    if (!isUuid(id)) throw notificationNotFound(id);
    return this.viewOf(await this.retries.handle(id));
  }

  private viewOf(record: NotificationRecord): NotificationView {
    const { notificationId, about, ticketId, ticketVersion, destination, partyName, purpose, target, state, code, detail, receipt, overtakes, suppressionId, summaryId, attempts, nextAttemptAt, attemptsLeft, createdAt, finishedAt } = record;
    return {
      notificationId, about, ticketId, ticketVersion, destination, partyName, purpose, channel: target.channel, channelId: target.channelId, address: target.address,
      state, code, detail, receipt, overtakes, suppressionId, summaryId, attempts, nextAttemptAt, attemptsLeft, messageId: this.messageIdOf(record), createdAt, finishedAt,
    };
  }

  private messageIdOf({ notificationId, target }: NotificationRecord): string | null {
    switch (target.channel) {
      case 'mail': return messageIdOf(notificationId, this.mailDomain);
      case 'webhook': case 'teams': case 'slack': case 'ticketing': return notificationId;
      case 'none': return null;
    }
  }
}
