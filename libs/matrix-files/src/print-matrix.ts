import type { Matrix, Row } from '@handoff/matrix';
import { Document, isMap, isScalar, isSeq, visit } from 'yaml';

/** Keys in the order in which people read a row. */
const ROW_KEYS = [
  'id',
  'stage',
  'when',
  'then',
  'before',
  'code',
  'text',
  'texts',
  'basis',
  'source',
] as const satisfies readonly (keyof Row)[];

/** Characters to a line, as far as the values allow it. */
const LINE_WIDTH = 120;

/** A matrix as YAML: one block for each row, lists on one line. Reading it again gives the same matrix. */
export function printMatrix({ version, rows }: Matrix): string {
  const document = new Document({ version, rows: rows.map(inOrder) }, { aliasDuplicateObjects: false });
  visit(document, {
    Seq: (_key, seq) => {
      seq.flow = seq.items.every(isScalar);
    },
    Map: (_key, map) => {
      map.flow = map.items.length === 0;
    },
  });
  const list: unknown = document.get('rows', true);
  const items: readonly unknown[] = isSeq(list) ? list.items : [];
  for (const item of items.slice(1)) if (isMap(item)) item.spaceBefore = true;
  return document.toString({ lineWidth: LINE_WIDTH, flowCollectionPadding: false });
}

function inOrder(row: Row): Record<string, unknown> {
  return Object.fromEntries(ROW_KEYS.filter((key) => row[key] !== undefined).map((key) => [key, row[key]]));
}
