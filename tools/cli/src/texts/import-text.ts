import { entries, type Paint, safeLine } from '../format.js';
import { textAt, textsAt } from '../json-reading.js';

const STATES: Readonly<Record<string, string>> = {
  applied: 'applied: the directory has it', checked: 'checked only: the directory is as it was', refused: 'refused: the directory is as it was',
  receiving: 'still being received', staged: 'received, not applied yet', failed: 'failed: the file cannot be read to its end',
};

/** What became of an import, for people; `problems` are the first of its report. */
export function importLines(told: unknown, problems: readonly unknown[], paint: Paint): string[] {
  const count = (name: string): string => textAt(told, 'counts', name) ?? '0';
  const state = textAt(told, 'state') ?? '';
  const ended = ['applied', 'checked'].includes(state);
  const ignoredColumns = textsAt(told, 'ignoredColumns');
  return [
    ...entries([
      ['Import', textAt(told, 'importId')],
      ['State', STATES[state] ?? state],
      ['Records', `${count('read')} read, ${count('valid')} valid, ${count('invalid')} invalid${count('ignored') === '0' ? '' : `, ${count('ignored')} of another kind`}`],
      ['Entries', ended ? `${count('created')} new, ${count('changed')} changed, ${count('unchanged')} as they were` : null],
      ['Ignored', ignoredColumns.length === 0 ? null : `columns that nobody knows: ${ignoredColumns.join(', ')}`],
    ], paint),
    ...problemLines(problems, Number(count('problems')), paint),
  ];
}

function problemLines(problems: readonly unknown[], total: number, paint: Paint): string[] {
  if (problems.length === 0) return [];
  const more = total - problems.length;
  return [
    '',
    paint.bad('What is wrong'),
    ...problems.map((problem) => safeLine(`  line ${textAt(problem, 'line') ?? '?'}${fieldOf(problem)}: ${textAt(problem, 'detail') ?? ''} ${textAt(problem, 'remedy') ?? ''}`)),
    ...(more > 0 ? [paint.dim(`  and ${more} more`)] : []),
  ];
}

function fieldOf(problem: unknown): string {
  const field = textAt(problem, 'field') ?? '';
  return field === '' ? '' : `, ${field}`;
}
