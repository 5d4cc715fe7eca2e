import { error, warning } from './findings.js';
import type { Finding } from './findings.js';
import { reachedStages } from './reachable-states.js';
import type { ReachedStage } from './reachable-states.js';
import { canBothHold, takesAllOf } from './row-overlap.js';
import type { Row } from './matrix.js';

/** `decides` is the row's outcome as text: equal for two rows that decide the same. */
type Placed = Readonly<{ row: Row; index: number; decides: string }>;

/** Rows of one stage that get in each other's way: the first that matches wins, so their order decides. */
export function lintOrder(rows: readonly Row[]): readonly Finding[] {
  const placed = rows.map((row, index) => ({ row, index, decides: JSON.stringify(Object.entries(row.then).toSorted()) }));
  return reachedStages(rows).flatMap((reached) => {
    const ofStage = placed.filter(({ row }) => row.stage === reached.stage);
    return ofStage.flatMap((later, position) => orderOf(later, ofStage.slice(0, position), reached));
  });
}

/** Rows that are meant to win over others (`before`), and do not come before them. */
export function lintPrecedence(rows: readonly Row[]): readonly Finding[] {
  return rows.flatMap((row, index) => precedence(row, index, rows));
}

function orderOf(later: Placed, earlier: readonly Placed[], reached: ReachedStage): readonly Finding[] {
  const hiding = earlier.find(({ row }) => takesAllOf(row, later.row));
  if (hiding !== undefined) return [unreachable(hiding.row, later)];
  return earlier
    .filter((one) => isAmbiguous(one, later, reached))
    .map(({ row }) => ambiguous(row, later));
}

function unreachable(hiding: Row, { row, index }: Placed): Finding {
  return warning({
    code: 'row-unreachable',
    path: `rows[${index}]`,
    message: `'${row.id}' never matches: '${hiding.id}' comes first and takes all its tickets.`,
    remedy: `Move '${row.id}' before '${hiding.id}', narrow the conditions of '${hiding.id}', or remove '${row.id}'.`,
  });
}

/** As many conditions, both can hold, other outcomes, and nobody said which shall win. */
function isAmbiguous(earlier: Placed, later: Placed, reached: ReachedStage): boolean {
  return (
    specificity(earlier.row) === specificity(later.row) &&
    earlier.row.before?.includes(later.row.id) !== true &&
    earlier.decides !== later.decides &&
    canBothHold(earlier.row, later.row, reached)
  );
}

function specificity({ when }: Row): number {
  return Object.keys(when).length;
}

function ambiguous(winner: Row, { row, index }: Placed): Finding {
  return warning({
    code: 'rows-overlap',
    path: `rows[${index}]`,
    message: `'${winner.id}' and '${row.id}' can match the same ticket with as many conditions each, and decide differently: '${winner.id}' wins only because it comes first.`,
    remedy: `If that is meant, add 'before: [${row.id}]' to '${winner.id}'; otherwise narrow one of the two, or change their order.`,
  });
}

function precedence(row: Row, index: number, rows: readonly Row[]): readonly Finding[] {
  return (row.before ?? []).flatMap((id, position) => {
    if (rows.slice(index + 1).some((later) => later.id === id && later.stage === row.stage)) return [];
    const why = rows.some((other) => other.id === id) ? 'that row is not a later one of its stage' : 'there is no such row';
    return [
      error({
        code: 'before-contradicts',
        path: `rows[${index}].before[${position}]`,
        message: `'${row.id}' is meant to win over '${id}', but ${why}.`,
        remedy: `Correct the id, move '${row.id}' before it, or leave it out of 'before'.`,
      }),
    ];
  });
}
