import { diffLines } from 'diff';

export interface VersionSummary {
  readonly version: string;
  readonly state: 'draft' | 'tested' | 'active' | 'retired';
  readonly base: string | null;
  readonly replaced: string | null;
  readonly failedCases: number | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly authors: readonly string[];
  readonly activatesAt: string | null;
  readonly activatedAt: string | null;
  readonly activatedBy: string | null;
  readonly note: string | null;
}

export interface Version extends VersionSummary {
  /** YAML or JSON. */
  readonly matrix: string;
  readonly cases: string;
  /** What routing asks of who makes a version active. */
  readonly secondPerson: 'off' | 'named' | 'always';
}

/**
 * Whether a viewer may make a version active, as routing will judge. `unknown`: it is not known who wrote it or who looks, so nobody can
 * tell. `alone`: the installation asks for no second person.
 */
export type Eyes = 'second' | 'same' | 'unknown' | 'alone';

/** What `X-Handoff-Actor` is where nobody says who he is, or Handoff itself writes. */
const NOBODY = ['api', 'system'];

export function eyesOf({ authors, secondPerson }: Pick<Version, 'authors' | 'secondPerson'>, viewer: string | null): Eyes {
  if (secondPerson === 'off') return 'alone';
  if (viewer !== null && authors.some((author) => author.toLowerCase() === viewer.toLowerCase())) return 'same';
  return viewer === null || authors.some((author) => NOBODY.includes(author)) ? 'unknown' : 'second';
}

export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'same' | 'left-out';
  readonly text: string;
}

const AROUND_LINES = 3;

/** Two texts line by line; of what is the same only the lines around a change. */
export function diffOf(before: string, after: string): readonly DiffLine[] {
  const lines = diffLines(before, after).flatMap(({ value, added, removed }) => value.replace(/\n$/, '').split('\n').map((text): DiffLine => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text })));
  const isNear = (at: number): boolean => lines.slice(Math.max(0, at - AROUND_LINES), at + AROUND_LINES + 1).some(({ kind }) => kind !== 'same');
  return lines.flatMap((line, at): readonly DiffLine[] => {
    if (isNear(at)) return [line];
    return at === 0 || isNear(at - 1) ? [{ kind: 'left-out', text: '…' }] : [];
  });
}
