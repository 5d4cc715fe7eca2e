import type { Instant } from '@handoff/contracts';
import type { MatrixVersion } from './matrix-version.js';

export interface ActivationRequest {
  /** When; `null`: now. */
  readonly at: Instant | null;
  /** The version that the caller knows as active; `null`: the one beside which this version was tested. */
  readonly expectedActive: string | null;
}

export interface ActivationFacts {
  readonly version: Pick<MatrixVersion, 'version' | 'state' | 'failedCases' | 'base'>;
  /** Name of the active version. */
  readonly active: string;
  readonly request: ActivationRequest;
  readonly now: Instant;
}

export type RefusalCode = 'not-tested' | 'cases-failed' | 'activation-conflict' | 'no-former-version';

export interface ActivationRefused {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly detail: string;
}

export type ActivationDecision = { readonly kind: 'now' } | { readonly kind: 'later'; readonly at: Instant; readonly base: string } | ActivationRefused;

/** Whether a version may become active: its cases have passed, and the version it takes the place of is the one it was judged beside. */
export function decideActivation({ version, active, request, now }: ActivationFacts): ActivationDecision {
  const { version: name, state, base } = version;
  if (state === 'active') return refused('activation-conflict', `'${name}' is active already.`);
  if (state !== 'tested') return notTested(version);
  const expected = request.expectedActive ?? base;
  if (expected !== active) return conflict({ name, expected, active, isNamed: request.expectedActive !== null });
  if (request.at === null || Date.parse(request.at) <= Date.parse(now)) return { kind: 'now' };
  return { kind: 'later', at: request.at, base: active };
}

/** Whether a version whose time has come still takes the place of the version it was scheduled to replace. */
export function decideDueActivation({ version, active }: Pick<ActivationFacts, 'version' | 'active'>): { readonly kind: 'now' } | ActivationRefused {
  if (version.state === 'active') return refused('activation-conflict', `'${version.version}' was active already.`);
  if (version.state !== 'tested') return notTested(version);
  return version.base === active ? { kind: 'now' } : conflict({ name: version.version, expected: version.base, active, isNamed: false });
}

/** Where a rollback goes: to the version that the active one replaced. */
export function decideRollback({ active, expectedActive }: { readonly active: Pick<MatrixVersion, 'version' | 'replaced'>; readonly expectedActive: string }): { readonly kind: 'back'; readonly to: string } | ActivationRefused {
  if (active.version !== expectedActive) return refused('activation-conflict', `'${active.version}' is active, and not '${expectedActive}': somebody changed that meanwhile. Look which version is active and ask again if it is still wrong.`);
  if (active.replaced === null) return refused('no-former-version', `'${active.version}' replaced no version, so there is none to go back to.`);
  return { kind: 'back', to: active.replaced };
}

function notTested({ version, state, failedCases }: ActivationFacts['version']): ActivationRefused {
  if (state === 'draft' && failedCases !== null && failedCases > 0) {
    return refused('cases-failed', `${failedCases} ${failedCases === 1 ? 'case' : 'cases'} of '${version}' failed. Mend the matrix or the cases, and test it again.`);
  }
  return refused('not-tested', `'${version}' is ${state}, and only a tested version can become active. Test it first: POST /v1/matrix/versions/${version}/test.`);
}

interface Conflict {
  readonly name: string;
  readonly expected: string | null;
  readonly active: string;
  readonly isNamed: boolean;
}

function conflict({ name, expected, active, isNamed }: Conflict): ActivationRefused {
  const seen = isNamed ? `'${expected ?? 'none'}' was named as the active version` : `'${name}' was tested while '${expected ?? 'none'}' was active`;
  return refused('activation-conflict', `${seen}, but '${active}' is active now. Compare '${name}' with it and test it again, or name '${active}' in expectedActive.`);
}

function refused(code: RefusalCode, detail: string): ActivationRefused {
  return { kind: 'refused', code, detail };
}
