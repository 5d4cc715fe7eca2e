import { Problem } from '@handoff/platform';
import { UnreadableFile } from './formats/format.js';
import type { Import, LineProblem } from './import.js';
import { FileTooLarge } from './import-bytes.js';
import { ImportDiffers, ImportTakenOver } from './import.store.js';
import { TooManyImports } from './receive-import.handler.js';

/** What to answer where an import did not end. */
export function asProblem(error: unknown, { id, isUnavailable }: { readonly id: string; readonly isUnavailable: (error: unknown) => boolean }): unknown {
  if (error instanceof UnreadableFile) return new Problem(400, 'import-unreadable', `${error.message}${error.line > 0 ? ` It is on line ${error.line}.` : ''} Nothing was changed.`);
  if (error instanceof FileTooLarge) return new Problem(413, 'body-too-large', error.message);
  if (error instanceof ImportDiffers) return new Problem(409, 'import-differs', `${error.message} Send another file under another id.`);
  if (error instanceof ImportTakenOver) return new Problem(409, 'import-taken-over', error.message);
  if (error instanceof TooManyImports) return new Problem(503, 'imports-busy', error.message, { retryAfterSeconds: 10 });
  if (isUnavailable(error)) return new Problem(503, 'database-unavailable', `The database cannot be used now. Send the same file again with id=${id}: it goes on where it stopped.`, { retryAfterSeconds: 5, cause: error });
  return error;
}

/** The refusal of a file with invalid lines, and the first of them. */
export function refusedProblem({ id, detail }: Import, problems: readonly LineProblem[]): Problem {
  const fields = problems.map((problem) => ({ field: `line ${problem.line}${problem.field === '' ? '' : `, ${problem.field}`}`, detail: `${problem.detail} ${problem.remedy}` }));
  return new Problem(422, 'import-refused', `${detail ?? ''} All of what is wrong: GET /v1/imports/${id}/report. Correct the file, or apply its valid records with skipInvalid=true, under another id.`, { fields });
}
