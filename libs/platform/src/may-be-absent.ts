import { ValidateIf } from 'class-validator';

/**
 * The key of a body may be missing. `null` is no way to leave it out: class-validator's own `IsOptional` lets it pass
 * unlooked, to code that reckons with a value or none.
 */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_body: unknown, value: unknown) => value !== undefined);
}
