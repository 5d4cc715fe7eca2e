import { MayBeAbsent } from '@handoff/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';

const TEXT_CHARS_MAX = 524_288;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const VERSION_RULE = { message: 'version must have 1 to 64 letters, digits, ".", "_" and "-", and begin with a letter or digit' };
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const DAYS_MAX = 3_650;

export class MatrixTextBody {
  @ApiProperty({ description: 'The rules, as YAML or JSON.' }) @IsString() @MinLength(1) @MaxLength(TEXT_CHARS_MAX)
  matrix!: string;

  @ApiPropertyOptional({ description: 'What they must answer, as YAML or JSON. Absent: for a new version the cases of the active one, for a change those that are there.' }) @MayBeAbsent() @IsString() @MaxLength(TEXT_CHARS_MAX)
  cases?: string;
}

export class CreateVersionBody extends MatrixTextBody {
  @ApiProperty({ example: '2026-03', description: 'Its name, which every decision by it carries.' }) @IsString() @Matches(VERSION, VERSION_RULE)
  version!: string;
}

export class ActivateBody {
  @ApiPropertyOptional({ format: 'date-time', description: 'When. Absent: now.' }) @MayBeAbsent() @IsString() @Matches(INSTANT, { message: 'at must be a time with its zone, as 2026-11-01T09:00:00Z' })
  at?: string;

  @ApiPropertyOptional({ example: 'default-1', description: 'The version that you know as active. Absent: the one that was active when this version was tested.' }) @MayBeAbsent() @IsString() @MaxLength(64)
  expectedActive?: string;
}

export class RollbackBody {
  @ApiPropertyOptional({ example: '2026-03', description: 'The version that you know as active. Absent: whichever is.' }) @MayBeAbsent() @IsString() @MaxLength(64)
  expectedActive?: string;
}

export class CompareBody {
  @ApiPropertyOptional({ minimum: 1, maximum: DAYS_MAX, default: 30, description: 'How far back, in days.' }) @MayBeAbsent() @IsInt() @Min(1) @Max(DAYS_MAX)
  days?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: 1_000, default: 50, description: 'How many changed tickets are shown.' }) @MayBeAbsent() @IsInt() @Min(0) @Max(1_000)
  limit?: number;
}

export class CompareTextBody extends CompareBody {
  @ApiProperty({ description: 'The rules, as YAML or JSON.' }) @IsString() @MinLength(1) @MaxLength(TEXT_CHARS_MAX)
  matrix!: string;
}

export class VersionListQuery {
  @ApiPropertyOptional({ description: '`next` of the page before' }) @IsOptional() @IsString() @MaxLength(512) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
