import type { ZodType } from 'zod';
import { notAsDocumented } from './not-taken.js';

/**
 * What a system's answer holds.
 * @throws NotTaken when it is not in the documented form.
 */
export function parsed<T>(form: ZodType<T>, answer: unknown, what: string): T {
  const result = form.safeParse(answer);
  if (result.success) return result.data;
  throw notAsDocumented(`${what} (at /${result.error.issues[0]?.path.map(String).join('/') ?? ''})`);
}

/** Whether a mark stands anywhere in what a system answered. Marks have no characters that JSON or HTML write otherwise. */
export function hasMark(answer: unknown, mark: string): boolean {
  return JSON.stringify(answer ?? null).includes(mark);
}
