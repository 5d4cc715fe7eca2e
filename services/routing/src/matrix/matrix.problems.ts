import type { FileFinding } from '@handoff/matrix-files';
import { Problem } from '@handoff/platform';
import type { ActivationRefused, RefusalCode } from './activation.decision.js';
import type { VersionState } from './matrix-version.js';

const FINDINGS_IN_SENTENCE = 3;

export function versionUnknown(version: string): Problem {
  return new Problem(404, 'version-unknown', `There is no version '${version.slice(0, 128)}' of the matrix. GET /v1/matrix/versions lists those that are there.`);
}

export function versionExists(version: string): Problem {
  return new Problem(409, 'version-exists', `There is a version '${version}' already. Choose another name, or change the draft by PUT.`, { fields: [{ field: '/version', detail: 'is taken' }] });
}

export function notDraft(version: string, state: VersionState): Problem {
  return new Problem(409, 'not-draft', `'${version}' is ${state}, and only a draft can be changed: decisions name their version, so its text stays. Write a new version.`);
}

export function revisionStale(version: string, revision: number): Problem {
  return new Problem(412, 'revision-conflict', `'${version}' was changed meanwhile: its revision is ${revision} now. Read it again, and send If-Match: "${revision}" with your change.`, { fields: [{ field: 'If-Match', detail: `is not "${revision}"` }] });
}

export function ifMatchNeeded(): Problem {
  return new Problem(428, 'precondition-required', 'A change names the revision that it rests on: send the ETag of the version as If-Match, as "3".', { fields: [{ field: 'If-Match', detail: 'is needed' }] });
}

export function activationRefused({ code, detail }: ActivationRefused): Problem {
  return REFUSALS[code](detail);
}

const REFUSALS: Readonly<Record<RefusalCode, (detail: string) => Problem>> = {
  'not-tested': (detail) => new Problem(409, 'not-tested', detail),
  'cases-failed': (detail) => new Problem(409, 'cases-failed', detail),
  'activation-conflict': (detail) => new Problem(409, 'activation-conflict', detail),
  'no-former-version': (detail) => new Problem(409, 'no-former-version', detail),
};

export function secondPersonNeeded(detail: string): Problem {
  return new Problem(409, 'second-person-needed', detail);
}

/** The text does not make a matrix that can be used. `errors` has each finding with its place and remedy. */
export function matrixInvalid(findings: readonly FileFinding[]): Problem {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const told = errors.slice(0, FINDINGS_IN_SENTENCE).map(({ file, line, message }) => `${file}, line ${line}: ${message}`);
  const more = errors.length > told.length ? ` And ${errors.length - told.length} more.` : '';
  const fields = findings.map((finding) => ({ field: `/${finding.file}`, detail: `${finding.message} ${finding.remedy}`, ...finding }));
  return new Problem(422, 'matrix-invalid', `The matrix cannot be used. ${told.join(' ')}${more}`, { fields });
}
