import { DEAD_LETTER_STATES, type DeadLetterState } from '@handoff/persistence';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsInstant } from '../is-instant.js';

const LIMIT_MAX = 200;
const NAME_CHARS_MAX = 256;
const NOTE_CHARS_MAX = 1_024;
const CODE = /^[a-z][a-z0-9-]{0,63}$/;
const CODE_MESSAGE = 'reason must be a code, as handler-failed';
/** PostgreSQL keeps no NUL in a text. */
const TEXT = /^(?=\s*\S)[^\0]*$/;
const TEXT_MESSAGE = '$property must be a text that is not empty';

export class DeadLetterListQuery {
  @ApiPropertyOptional({ enum: DEAD_LETTER_STATES }) @IsOptional() @IsIn(DEAD_LETTER_STATES) state?: DeadLetterState;
  @ApiPropertyOptional({ description: 'Only those that failed so', example: 'handler-failed' }) @IsOptional() @Matches(CODE, { message: CODE_MESSAGE }) reason?: string;
  @ApiPropertyOptional({ example: 'handoff.intake' }) @IsOptional() @Matches(TEXT, { message: TEXT_MESSAGE }) @MaxLength(NAME_CHARS_MAX) topic?: string;
  @ApiPropertyOptional({ example: 'handoff.ticket.received.v1' }) @IsOptional() @Matches(TEXT, { message: TEXT_MESSAGE }) @MaxLength(NAME_CHARS_MAX) type?: string;
  @ApiPropertyOptional({ description: 'Only those of this ticket' }) @IsOptional() @Matches(TEXT, { message: TEXT_MESSAGE }) @MaxLength(NAME_CHARS_MAX) ticket?: string;
  @ApiPropertyOptional({ description: '`next` of the page before' }) @IsOptional() @IsString() @MaxLength(512) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: LIMIT_MAX, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(LIMIT_MAX) limit?: number;
}

export class DeadLetterCausesQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Only what was set aside from then on' }) @IsOptional() @IsInstant() since?: string;
}

export class RetryDeadLetterBody {
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Data to handle in the place of those that came. They must fit the schema of the event.' }) @IsOptional() @IsObject() value?: object;
  @ApiPropertyOptional({ maxLength: NAME_CHARS_MAX, description: 'Who asks' }) @IsOptional() @Matches(TEXT, { message: TEXT_MESSAGE }) @MaxLength(NAME_CHARS_MAX) by?: string;
  @ApiPropertyOptional({ maxLength: NOTE_CHARS_MAX, description: 'Why it will work now' }) @IsOptional() @Matches(TEXT, { message: TEXT_MESSAGE }) @MaxLength(NOTE_CHARS_MAX) note?: string;
}

export class RetryDeadLettersBody {
  @ApiProperty({ description: 'Those that failed so', example: 'handler-failed' }) @Matches(CODE, { message: CODE_MESSAGE }) reason!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Only those that were set aside from then on' }) @IsOptional() @IsInstant() since?: string;
  @ApiPropertyOptional({ maxLength: NAME_CHARS_MAX }) @IsOptional() @Matches(TEXT, { message: TEXT_MESSAGE }) @MaxLength(NAME_CHARS_MAX) by?: string;
  @ApiPropertyOptional({ maxLength: NOTE_CHARS_MAX }) @IsOptional() @Matches(TEXT, { message: TEXT_MESSAGE }) @MaxLength(NOTE_CHARS_MAX) note?: string;
}

export class DiscardDeadLetterBody {
  @ApiProperty({ minLength: 1, maxLength: NAME_CHARS_MAX, description: 'Who decides it' }) @IsString() @Length(1, NAME_CHARS_MAX) @Matches(TEXT, { message: TEXT_MESSAGE }) by!: string;
  @ApiProperty({ minLength: 1, maxLength: NOTE_CHARS_MAX, description: 'Why' }) @IsString() @Length(1, NOTE_CHARS_MAX) @Matches(TEXT, { message: TEXT_MESSAGE }) note!: string;
}
