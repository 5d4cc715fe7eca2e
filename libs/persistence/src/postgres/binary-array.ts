/** Types of PostgreSQL by their ids in `pg_type`, which never change. */
const TYPES = { text: 25, json: 114 } as const;
const HEAD_BYTES = 20;
const ONE_DIMENSION = 1;
const LOWER_BOUND = 1;
/** The length of what is null. */
const NULL_LENGTH = -1;

/**
 * An array as PostgreSQL takes it in binary, for a parameter as `$1::json[]`. Written as text, every quotation mark in it is escaped
 * here and read back there, which for documents takes longer than storing them. At most 1 GiB.
 *
 * The form is that of `array_recv` in PostgreSQL's src/backend/utils/adt/arrayfuncs.c.
 */
export function binaryArray(type: keyof typeof TYPES, values: readonly (string | null)[]): Buffer {
  const lengths = values.map((value) => (value === null ? NULL_LENGTH : Buffer.byteLength(value)));
  const array = Buffer.allocUnsafe(HEAD_BYTES + lengths.reduce((bytes, length) => bytes + 4 + Math.max(0, length), 0));
  const head = [ONE_DIMENSION, values.includes(null) ? 1 : 0, TYPES[type], values.length, LOWER_BOUND];
  let at = head.reduce((offset, number) => array.writeInt32BE(number, offset), 0);
  for (const [index, value] of values.entries()) {
    at = array.writeInt32BE(lengths[index] ?? NULL_LENGTH, at);
    if (value !== null) at += array.write(value, at);
  }
  return array;
}
