import { warning } from './findings.js';
import type { Finding } from './findings.js';
import type { Row, TextValues } from './matrix.js';

/** The ids that a directory has. A list that is left out is not checked. */
export interface KnownIds {
  readonly publisherIds?: readonly string[];
  readonly offerIds?: readonly string[];
  readonly partnerIds?: readonly string[];
  readonly customerIds?: readonly string[];
}

const KNOWN_BY = {
  publisherId: 'publisherIds',
  offerId: 'offerIds',
  partnerId: 'partnerIds',
  providerId: 'partnerIds',
  resellerId: 'partnerIds',
  customerId: 'customerIds',
} as const;

/** Conditions on ids that the directory does not have: such a row may be early, or its id mistyped. */
export function unknownReferences(rows: readonly Row[], known: KnownIds): readonly Finding[] {
  const sets = new Map(Object.entries(known).map(([name, ids]) => [name, new Set(ids as readonly string[])]));
  return rows.flatMap((row, index) => rowReferences(row, `rows[${index}].when`, sets));
}

function rowReferences({ when }: Row, path: string, sets: ReadonlyMap<string, ReadonlySet<string>>): readonly Finding[] {
  return Object.entries(KNOWN_BY).flatMap(([name, list]) => {
    const ids = sets.get(list);
    const wanted = when[name as keyof typeof KNOWN_BY];
    if (ids === undefined || wanted === undefined) return [];
    return valuesAt(wanted, `${path}.${name}`)
      .filter(({ value }) => !ids.has(value))
      .map(({ value, at }) =>
        warning({
          code: 'reference-unknown',
          path: at,
          message: `The directory has no ${name.replace('Id', '')} '${value}'.`,
          remedy: 'Correct the id, or add it to the directory before the row is needed.',
        }),
      );
  });
}

function valuesAt(wanted: TextValues, path: string): readonly { value: string; at: string }[] {
  if ('not' in wanted) return valuesAt(wanted.not, `${path}.not`);
  return wanted.map((value, index) => ({ value, at: `${path}[${index}]` }));
}
