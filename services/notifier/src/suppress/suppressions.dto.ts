import { MayBeAbsent } from '@handoff/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { Equals, IsBoolean, IsDefined, IsIn, IsInt, IsNumberString, IsOptional, IsString, Max, MaxLength, Min, MinLength, ValidateNested } from 'class-validator';
import { CHANNEL_KINDS, type ChannelKind } from '../notification/notification.js';
import { SUPPRESSION_STATES, type SuppressionState } from './suppression.js';

const LIMIT_MAX = 200;

export class MatchBody {
  @ApiPropertyOptional({ enum: [true], description: 'Every message. It stands alone.' }) @MayBeAbsent() @Equals(true) everything?: true;
  @ApiPropertyOptional({ example: 'isv/contoso', description: 'The contacts of a party.' }) @MayBeAbsent() @IsString() @MinLength(1) @MaxLength(256) destination?: string;
  @ApiPropertyOptional({ example: 'support@contoso.example', description: 'A mail address in any case, or a URL as notifications show it.' }) @MayBeAbsent() @IsString() @MinLength(1) @MaxLength(2_048) address?: string;
  @ApiPropertyOptional({ enum: CHANNEL_KINDS }) @MayBeAbsent() @IsIn(CHANNEL_KINDS) channel?: ChannelKind;
  @ApiPropertyOptional({ example: 'partner/1001', description: 'The queue of the ticket.' }) @MayBeAbsent() @IsString() @MinLength(1) @MaxLength(256) queue?: string;
  @ApiPropertyOptional({ example: 'contoso-crm' }) @MayBeAbsent() @IsString() @MinLength(1) @MaxLength(256) offerId?: string;
}

export class CreateSuppression {
  @ApiProperty({ type: MatchBody, description: 'What is held: messages that fit all that is named.' }) @IsDefined() @ValidateNested() @Type(() => MatchBody) match!: MatchBody;
  @ApiPropertyOptional({ default: false, description: 'Whether tickets of severity A are held as well.' }) @MayBeAbsent() @IsBoolean() includeSeverityA?: boolean;
  @ApiPropertyOptional({ format: 'date-time', description: 'Absent: from now on.' }) @MayBeAbsent() @IsString() @MaxLength(64) from?: string;
  @ApiProperty({ format: 'date-time', description: 'It ends by itself.' }) @IsString() @MaxLength(64) until!: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(512) reason!: string;
  @ApiProperty({ description: 'Who wants it.', example: 'ada' }) @IsString() @MinLength(1) @MaxLength(256) author!: string;
  @ApiPropertyOptional({ description: 'Who is warned before the end.', example: 'ada@northwind.example' }) @MayBeAbsent() @IsString() @MaxLength(320) authorEmail?: string;
}

export class EndSuppression {
  @ApiProperty({ description: 'Who ends it.', example: 'ada' }) @IsString() @MinLength(1) @MaxLength(256) by!: string;
}

export class SuppressionQueryBody {
  @ApiPropertyOptional({ enum: SUPPRESSION_STATES }) @IsOptional() @IsIn(SUPPRESSION_STATES) state?: SuppressionState;
  @ApiPropertyOptional({ description: 'The `next` of the page before.' }) @IsOptional() @IsNumberString({ no_symbols: true }) @MaxLength(18) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: LIMIT_MAX, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(LIMIT_MAX) limit: number = 50;
}

export class SuppressionView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: SUPPRESSION_STATES }) state!: SuppressionState;
  @ApiProperty({ type: MatchBody }) match!: object;
  @ApiProperty() includeSeverityA!: boolean;
  @ApiProperty() reason!: string;
  @ApiProperty() author!: string;
  @ApiProperty({ type: String, nullable: true }) authorEmail!: string | null;
  @ApiProperty({ format: 'date-time' }) from!: string;
  @ApiProperty({ format: 'date-time' }) until!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time', description: 'When somebody ended it before its time.' }) endedAt!: string | null;
  @ApiProperty({ type: String, nullable: true }) endedBy!: string | null;
  @ApiProperty({ description: 'Messages that it holds now; `GET /v1/notifications?suppressionId=` lists them.' }) held!: number;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
}

export class SuppressionPageView {
  @ApiProperty({ type: [SuppressionView] }) items!: readonly SuppressionView[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}
