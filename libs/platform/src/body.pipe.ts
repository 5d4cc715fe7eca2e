import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { type FieldProblem, Problem } from './problem.js';
import { reservedKeyProblem } from './reserved-key.js';

/** Validates bodies and queries by their class-validator DTOs. Unknown keys are refused: a typo must not be lost silently. */
@Injectable()
export class BodyPipe implements PipeTransform {
  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const type = metadata.metatype;
    if (type === undefined || ![...'bq'].includes(metadata.type[0] ?? '') || [String, Boolean, Number, Array, Object, Buffer].includes(type as never)) return value;
    if (value === undefined) throw new Problem(400, 'invalid-json', 'The body is empty; a JSON object is expected.');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Problem(422, 'invalid-content', 'The body must be a JSON object.');
    }
    const reserved = reservedKeyProblem(value);
    if (reserved !== null) throw new Problem(422, 'invalid-content', `The content is not valid: ${reserved.field}: ${reserved.detail}.`, { fields: [reserved] });
    const instance = plainToInstance(type, value, { exposeDefaultValues: true });
    const errors = await validate(instance as object, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
    if (errors.length === 0) return instance;
    const fields = errors.flatMap((error) => fieldsOf(error, ''));
    const summary = fields.map(({ field, detail }) => `${field}: ${detail}`).slice(0, 5).join('; ');
    throw new Problem(422, 'invalid-content', `The content is not valid: ${summary}.`, { fields });
  }
}

function fieldsOf(error: ValidationError, parent: string): FieldProblem[] {
  const field = `${parent}/${error.property}`;
  const own = Object.values(error.constraints ?? {}).map((detail) => ({ field, detail }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldsOf(child, field))];
}
