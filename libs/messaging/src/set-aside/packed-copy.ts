import type { RawHeaders, RecordCopy } from '../ports.js';

type PackedBytes = string | null;

/** Headers as JSON keeps them: in their order, repeated names too, bytes in base64. */
export type PackedHeaders = readonly (readonly [name: string, value: PackedBytes])[];

export interface PackedCopy {
  readonly key: PackedBytes;
  readonly value: PackedBytes;
  readonly headers: PackedHeaders;
}

export function packedCopy({ key, value, headers }: RecordCopy): PackedCopy {
  return { key: packed(key), value: packed(value), headers: packedHeaders(headers) };
}

export function unpackedCopy(topic: string, { key, value, headers }: PackedCopy): RecordCopy {
  return { topic, key: unpacked(key), value: unpacked(value), headers: unpackedHeaders(headers) };
}

export function packedHeaders(headers: RawHeaders): PackedHeaders {
  return Object.entries(headers).flatMap(([name, given]) => (given === undefined ? [] : [given].flat().map((value) => [name, packed(value)] as const)));
}

export function unpackedHeaders(pairs: PackedHeaders): RawHeaders {
  const values = new Map<string, (Buffer | null)[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), unpacked(value)]);
  return Object.fromEntries([...values].map(([name, list]) => [name, list.length === 1 ? (list[0] ?? null) : list]));
}

function packed(value: Buffer | string | null): PackedBytes {
  return value === null ? null : Buffer.from(value).toString('base64');
}

function unpacked(value: PackedBytes): Buffer | null {
  return value === null ? null : Buffer.from(value, 'base64');
}
