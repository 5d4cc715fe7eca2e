import type { DeadLetter, DeadLetterSummary } from '@handoff/persistence';

/** Bytes as a document shows them: text where they are text. */
interface ShownBytes {
  readonly text: string | null;
  readonly encoding: 'utf8' | 'base64';
}

export interface DeadLetterDocument extends DeadLetterSummary {
  readonly headers: readonly ({ readonly name: string } & ShownBytes)[];
  /** As it came. */
  readonly value: ShownBytes | null;
  readonly editedValue: ShownBytes | null;
  readonly keyBase64: string | null;
  readonly appendedAt: string | null;
  readonly history: DeadLetter['history'];
}

export function documentOf({ record, editedValue, history, ...summary }: DeadLetter): DeadLetterDocument {
  const headers = Object.entries(record.headers).flatMap(([name, values]) => (values === undefined ? [] : [values].flat().map((value) => ({ name, ...shown(value) }))));
  return {
    ...summary, headers, value: record.value === null ? null : shown(record.value), editedValue: editedValue === null ? null : shown(editedValue),
    keyBase64: record.keyBytes?.toString('base64') ?? null, appendedAt: instantOf(record.timestampMs), history,
  };
}

function shown(value: Buffer | string | null): ShownBytes {
  if (value === null || typeof value === 'string') return { text: value, encoding: 'utf8' };
  const text = value.toString('utf8');
  return Buffer.from(text, 'utf8').equals(value) ? { text, encoding: 'utf8' } : { text: value.toString('base64'), encoding: 'base64' };
}

/** Whoever wrote the record chose the number; some are no time. */
function instantOf(timestampMs: string): string | null {
  const time = new Date(Number(timestampMs));
  return Number(timestampMs) > 0 && !Number.isNaN(time.getTime()) ? time.toISOString() : null;
}
