import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { InstantField, PatternField } from '../http/fields.js';
import { SOURCE_NAME } from '../sources/source.js';

const SOURCE_MESSAGE = 'source must be the name of a source';
const CODE = /^[a-z][a-z0-9-]{0,63}$/;
const CODE_MESSAGE = 'code must be a code of a failure, as field-missing';
const SWITCH = ['true', 'false'] as const;
const LIMIT_MAX = 200;
const NOTE_CHARS_MAX = 1_024;

export class ParkedDeliveryQuery {
  @ApiPropertyOptional({ description: 'Only those of this source' }) @IsOptional() @Matches(SOURCE_NAME, { message: SOURCE_MESSAGE }) source?: string;
  @ApiPropertyOptional({ description: 'Only those that failed so', example: 'field-missing' }) @IsOptional() @Matches(CODE, { message: CODE_MESSAGE }) code?: string;
  @ApiPropertyOptional({ enum: SWITCH, default: 'false', description: 'Those that were discarded, instead of those that are parked' }) @IsOptional() @IsIn(SWITCH) discarded?: string;
  @ApiPropertyOptional({ description: '`next` of the page before' }) @IsOptional() @IsString() @MaxLength(512) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: LIMIT_MAX, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(LIMIT_MAX) limit?: number;
}

export class ParkedCausesQuery {
  @InstantField({ optional: true, description: 'Only those received from then on.' }) since?: string;
}

export class RetryParkedBody {
  @PatternField(SOURCE_NAME, SOURCE_MESSAGE, { description: 'The source whose deliveries are tried.', example: 'jira-emea' }) source!: string;
  @PatternField(CODE, CODE_MESSAGE, { optional: true, description: 'Only those that failed so.', example: 'field-missing' }) code?: string;
  @InstantField({ optional: true, description: 'Only those received from then on.' }) since?: string;
}

export class DiscardParkedQuery {
  @ApiProperty({ minLength: 1, maxLength: NOTE_CHARS_MAX, description: 'Why it is discarded; kept with the trace of it', example: 'Test of the vendor' }) @IsString() @Length(1, NOTE_CHARS_MAX) @Matches(/\S/, { message: 'note must say why' }) note!: string;
}
