import type { MatrixVersion } from './matrix-version.js';

export const SECOND_PERSON_RULES = ['off', 'named', 'always'] as const;
/**
 * Who may make a version active. `off`: anybody. `named`: nobody whose name is one of its authors'; where a name was not said, nothing
 * can be told. `always`: only somebody who said a name, of a version all of whose authors are known, and who is none of them.
 */
export type SecondPersonRule = (typeof SECOND_PERSON_RULES)[number];

/** What `X-Handoff-Actor` counts as where nobody says who he is, and under which Handoff itself writes. */
export const UNKNOWN_ACTOR = 'api';
export const SYSTEM_ACTOR = 'system';

/** Why somebody may not make a version active; `null`: he may. */
export function secondPersonMissing({ version, authors }: Pick<MatrixVersion, 'version' | 'authors'>, by: string, rule: SecondPersonRule): string | null {
  if (rule === 'off') return null;
  const isOff = 'In an installation of one person set MATRIX_SECOND_PERSON=off.';
  if (by !== UNKNOWN_ACTOR && authors.some((author) => isSame(author, by))) return `'${by}' wrote '${version}', so somebody else must read it and make it active. ${isOff}`;
  if (rule === 'named') return null;
  if (by === UNKNOWN_ACTOR) return `Whoever makes '${version}' active must say who he is: X-Handoff-Actor, or --by of the command. ${isOff}`;
  return authors.includes(UNKNOWN_ACTOR) ? `It is not known who wrote '${version}', so nobody can tell whether '${by}' is somebody else. Store its text under another name with X-Handoff-Actor, or --by of the command. ${isOff}` : null;
}

/** One person writes his name in several ways. */
function isSame(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
