import type { Answer } from '../channel.js';

/** A ticketing system did not do what it was asked for, or its answer says nothing of use. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';

  constructor(readonly answer: Exclude<Answer, { kind: 'accepted' }>) {
    super(answer.detail);
  }
}

/** It answered with success, but not with what its documentation promises: what came of the call is unclear. */
export function notAsDocumented(what: string): NotTaken {
  return new NotTaken({ kind: 'unclear', code: 'malformed', detail: `The receiver answered with success, and not as documented: ${what}.` });
}
