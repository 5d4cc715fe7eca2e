import type { TicketChange } from './live-message.js';
import { mergedChanges } from './merged-changes.decision.js';

const change = (ticketId: string, seq: number, fromQueue: string | null, toQueue: string | null): TicketChange => ({ ticketId, seq, fromQueue, toQueue });

describe('changes between two looks', () => {
  it('are one a ticket: from where it lay at the first look to where it lies now', () => {
    expect(mergedChanges([change('a', 1, null, 'triage')], [change('a', 2, 'triage', 'isv/contoso'), change('b', 3, null, 'triage')])).toEqual([change('a', 2, null, 'isv/contoso'), change('b', 3, null, 'triage')]);
  });

  it('are not set back by one that comes late or again', () => {
    expect(mergedChanges([change('a', 5, 'triage', 'isv/contoso')], [change('a', 5, 'triage', 'isv/contoso'), change('a', 4, null, 'triage')])).toEqual([change('a', 5, 'triage', 'isv/contoso')]);
  });
});
