import { INSTANT } from '@handoff/platform';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, Length, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import { CertainlyValid, type Certainty, isNameOf, isTextOf } from './certainly-valid.js';

type Docs = Pick<ApiPropertyOptions, 'description' | 'default'> & { readonly example?: unknown };

export interface FieldOptions extends Docs {
  /** The key may be missing. */
  readonly optional?: boolean;
  /** `null` may stand there. */
  readonly nullable?: boolean;
}

interface Checks {
  /** What is valid without a closer look. */
  readonly certain: Certainty;
  readonly checks: readonly PropertyDecorator[];
}

/** A property of a body, checked and documented at once. */
function field(options: FieldOptions, docs: ApiPropertyOptions, { certain, checks }: Checks): PropertyDecorator {
  const { optional = false, nullable = false, ...texts } = options;
  const isLeftOut = (value: unknown): boolean => (optional && value === undefined) || (nullable && value === null);
  const isGiven = ValidateIf((_body: unknown, value: unknown) => !isLeftOut(value));
  return applyDecorators(ApiProperty({ ...docs, ...texts, required: !optional, nullable } as ApiPropertyOptions), CertainlyValid((value, body) => isLeftOut(value) || certain(value, body)), isGiven, ...checks);
}

/** A text that may be empty. */
export function TextField(charsMax: number, options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: String, maxLength: charsMax }, { certain: (value) => isTextOf(value, 0, charsMax), checks: [MaxLength(charsMax), IsString()] });
}

/** A name or id: a text that is not empty, also without U+0000, which is never kept. */
export function NameField(options: FieldOptions = {}, charsMax = 256): PropertyDecorator {
  return field(options, { type: String, minLength: 1, maxLength: charsMax }, { certain: (value) => isNameOf(value, charsMax), checks: [Length(1, charsMax), Matches(/[^\s\0]/, { message: '$property must not be blank' }), IsString()] });
}

export function PatternField(pattern: RegExp, message: string, options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: String, pattern: pattern.source }, { certain: (value) => typeof value === 'string' && pattern.test(value), checks: [Matches(pattern, { message }), IsString()] });
}

export function ChoiceField(choices: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: String, enum: [...choices] }, { certain: (value) => choices.includes(value as string), checks: [IsIn([...choices])] });
}

export function WholeNumberField(min: number, max: number, options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'integer', minimum: min, maximum: max }, { certain: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max, checks: [Max(max), Min(min), IsInt()] });
}

export function InstantField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: String, format: 'date-time' }, { certain: (value) => typeof value === 'string' && INSTANT.test(value), checks: [Matches(INSTANT, { message: '$property must be a time of RFC 3339, as 2026-11-01T09:00:00Z' }), IsString()] });
}

export function NamesField(countMax: number, options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: [String], maxItems: countMax }, {
    certain: (value) => Array.isArray(value) && value.length <= countMax && value.every((name) => isTextOf(name, 1, 256)),
    checks: [Length(1, 256, { each: true }), IsString({ each: true }), ArrayMaxSize(countMax), IsArray()],
  });
}
