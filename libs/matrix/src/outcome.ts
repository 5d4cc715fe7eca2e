import { narrowed } from './disclosure.js';
import type { Outcome } from './matrix.js';

/** What a row changes, every field there: undefined where its `then` does not name it. */
export type Change = Readonly<{ [Field in keyof Required<Outcome>]: Outcome[Field] | undefined }>;

/** Before any row has spoken. Gate rows leave it so; an area row replaces the first two. */
export const NOTHING_YET: Outcome = {
  responsible: 'csp-partner',
  firstContact: 'csp-partner',
  escalation: [],
  informed: [],
  handsOver: false,
  escalationContact: null,
  purpose: 'technical',
  informationOnly: false,
  stays: false,
  attach: false,
  queue: null,
};

/** The change of a row, once and for all tickets. All changes have one shape, which makes `changed` fast. */
export function changeOf(then: Partial<Outcome>): Change {
  return {
    responsible: then.responsible,
    firstContact: then.firstContact,
    escalation: then.escalation,
    informed: then.informed,
    handsOver: then.handsOver,
    escalationContact: then.escalationContact,
    purpose: then.purpose,
    informationOnly: then.informationOnly,
    stays: then.stays,
    attach: then.attach,
    queue: then.queue,
    disclose: then.disclose,
  };
}

/** An outcome after a row: what the row names takes the place of what was, but what it discloses only narrows. */
export function changed(outcome: Outcome, change: Change): Outcome {
  const next = {
    responsible: either(change.responsible, outcome.responsible),
    firstContact: either(change.firstContact, outcome.firstContact),
    escalation: either(change.escalation, outcome.escalation),
    informed: either(change.informed, outcome.informed),
    handsOver: either(change.handsOver, outcome.handsOver),
    escalationContact: either(change.escalationContact, outcome.escalationContact),
    purpose: either(change.purpose, outcome.purpose),
    informationOnly: either(change.informationOnly, outcome.informationOnly),
    stays: either(change.stays, outcome.stays),
    attach: either(change.attach, outcome.attach),
    queue: either(change.queue, outcome.queue),
  };
  const disclose = narrowed(outcome.disclose, change.disclose);
  return disclose === undefined ? next : { ...next, disclose };
}

function either<Value>(named: Value | undefined, former: Value): Value {
  return named === undefined ? former : named;
}
