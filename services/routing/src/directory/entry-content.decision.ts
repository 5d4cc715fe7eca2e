import { factsOf, validateAgreement } from '@handoff/matrix';
import type { FieldProblem } from '@handoff/platform';
import type { DirectoryEntry, DirectoryKind } from './directory-kinds.js';
import type { StoredAgreement } from './directory.js';
import { ENTRY_SCHEMAS } from './entry.schemas.js';

export type Content = { readonly entry: DirectoryEntry } | { readonly problems: readonly FieldProblem[] };

/** A body as an entry of this kind and id, or what is wrong with it, field by field. The id may be left out: the path has it. */
export function contentOf(kind: DirectoryKind, id: string, body: unknown): Content {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { problems: [{ field: '/', detail: 'is a JSON object' }] };
  const named = 'id' in body ? body.id : id;
  if (named !== id) return { problems: [{ field: '/id', detail: `is the id of the path, '${id}', or left out` }] };
  const parsed = ENTRY_SCHEMAS[kind].safeParse({ ...body, id });
  if (!parsed.success) {
    return { problems: parsed.error.issues.map((issue) => ({ field: `/${[...issue.path, ...('keys' in issue && issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].join('/')}`, detail: issue.message })) };
  }
  const entry = parsed.data as DirectoryEntry;
  const problems = kind === 'agreement' ? agreementProblems(entry as StoredAgreement) : [];
  return problems.length > 0 ? { problems } : { entry };
}

function agreementProblems(agreement: StoredAgreement): FieldProblem[] {
  const { agreements: [complete] } = factsOf({ ticket: { area: null }, agreements: [agreement] }, agreement.from);
  return (complete === undefined ? [] : validateAgreement(complete))
    .filter(({ severity }) => severity === 'error')
    .map(({ path, message }) => ({ field: `/${path.replaceAll(/\[(\d+)\]/g, '/$1').replaceAll('.', '/')}`, detail: message }));
}
