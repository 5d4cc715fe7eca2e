import { diffLines } from 'diff';

export interface VersionSummary {
  readonly version: string;
  readonly state: 'draft' | 'tested' | 'active' | 'retired';
  readonly base: string | null;
  readonly replaced: string | null;
  readonly failedCases: number | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly activatesAt: string | null;
  readonly activatedAt: string | null;
  readonly activatedBy: string | null;
  readonly note: string | null;
}

export interface Version extends VersionSummary {
  /** YAML or JSON. */
  readonly matrix: string;
  readonly cases: string;
}

/** Whether a viewer may make a version active. `unknown`: it is not known who wrote it or who looks, so nobody can tell. */
export type Eyes = 'second' | 'same' | 'unknown';

/** What `X-Handoff-Actor` is where nobody says who he is, or Handoff itself writes. */
const NOBODY = ['api', 'system'];

export function eyesOf({ createdBy }: Pick<VersionSummary, 'createdBy'>, viewer: string | null): Eyes {
  if (viewer === null || NOBODY.includes(createdBy)) return 'unknown';
  return createdBy === viewer ? 'same' : 'second';
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
