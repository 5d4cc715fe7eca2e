import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { RECEIVED_KINDS, RECEIVED_OUTCOMES, type ReceivedKind, type ReceivedOutcome } from './received-mail.js';
import type { ReceivedMailStore } from './received-mail.store.js';

export const RECEIVED_MAIL_STORE = Symbol('RECEIVED_MAIL_STORE');

const LIMIT_MAX = 200;

export class ReceivedMailQuery {
  @ApiPropertyOptional({ format: 'uuid' }) @IsOptional() @IsUUID('all') notificationId?: string;
  @ApiPropertyOptional({ format: 'uuid' }) @IsOptional() @IsUUID('all') ticketId?: string;
  @ApiPropertyOptional({ description: 'The `next` of the page before.' }) @IsOptional() @Matches(/^\d{1,18}$/) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: LIMIT_MAX, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(LIMIT_MAX) limit: number = 50;
}

export class MailAttachmentView {
  @ApiProperty() name!: string;
  @ApiProperty() contentType!: string;
  @ApiProperty() bytes!: number;
}

export class ReceivedMailView {
  @ApiProperty({ format: 'uuid' }) mailId!: string;
  @ApiProperty({ format: 'uuid' }) notificationId!: string;
  @ApiProperty({ format: 'uuid' }) ticketId!: string;
  @ApiProperty({ format: 'date-time' }) receivedAt!: string;
  @ApiProperty({ enum: RECEIVED_KINDS }) kind!: ReceivedKind;
  @ApiProperty({ enum: RECEIVED_OUTCOMES, description: 'noted: it changed nothing.' }) outcome!: ReceivedOutcome;
  @ApiProperty({ description: 'What it did, or why nothing.' }) detail!: string;
  @ApiProperty({ type: String, nullable: true, description: 'By its own words.' }) sender!: string | null;
  @ApiProperty() subject!: string;
  @ApiProperty({ description: 'Without what was quoted.' }) text!: string;
  @ApiProperty({ description: 'There was more than is kept.' }) isCut!: boolean;
  @ApiProperty({ type: [MailAttachmentView], description: 'By name only.' }) attachments!: readonly MailAttachmentView[];
}

export class ReceivedMailPage {
  @ApiProperty({ type: [ReceivedMailView] }) items!: readonly ReceivedMailView[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

@ApiTags('received-mail')
@Controller('v1/received-mail')
export class ReceivedMailController {
  constructor(@Inject(RECEIVED_MAIL_STORE) private readonly store: ReceivedMailStore) {}

  @Get()
  @ApiOperation({ summary: 'Answers to messages and reports of mail servers, and what each did; the latest first' })
  @ApiResponse({ status: 200, type: ReceivedMailPage })
  list(@Query() { notificationId, ticketId, cursor, limit }: ReceivedMailQuery): Promise<ReceivedMailPage> {
    return this.store.list({ notificationId: notificationId ?? null, ticketId: ticketId ?? null, cursor: cursor ?? null, limit });
  }
}
