import { bodyOf, canBeDone, takersOf, undoOf } from './ticket-action.decision.js';

describe('what a person does to tickets', () => {
  it('is sent without what was not said', () => {
    expect([bodyOf({ kind: 'acknowledge' }), bodyOf({ kind: 'classify', area: 'payment', note: undefined })]).toEqual([{}, { area: 'payment' }]);
  });

  it('is undone by the same kind of command, where there is one', () => {
    expect(undoOf({ kind: 'reassign', to: 'partner/2002', reason: 'x' }, { queue: 'isv/contoso', area: null }, 'back')).toEqual({ kind: 'reassign', to: 'isv/contoso', reason: 'back' });
    expect(undoOf({ kind: 'reassign', to: 'partner/2002', reason: 'x' }, { queue: 'microsoft/azure', area: null }, 'back')).toMatchObject({ to: 'microsoft' });
    expect(undoOf({ kind: 'reassign', to: 'partner/2002', reason: 'x' }, { queue: 'triage', area: null }, 'back')).toBeNull();
    expect(undoOf({ kind: 'classify', area: 'payment' }, { queue: null, area: 'training' }, 'back')).toEqual({ kind: 'classify', area: 'training', note: 'back' });
    expect([undoOf({ kind: 'classify', area: 'payment' }, { queue: null, area: null }, 'back'), undoOf({ kind: 'acknowledge' }, { queue: null, area: null }, 'back'), undoOf({ kind: 'resolve' }, { queue: null, area: null }, 'back')]).toEqual([null, null, null]);
  });

  it('is offered where it would change anything', () => {
    expect((['waiting', 'acknowledged', 'closed', 'received'] as const).map((state) => [canBeDone('acknowledge', { state }), canBeDone('reassign', { state }), canBeDone('resolve', { state })])).toEqual([[true, true, true], [false, true, true], [false, false, false], [false, false, true]]);
  });

  it('gives tickets to those who have a part in them, those in all of them first', () => {
    expect(takersOf([{ queue: 'isv/contoso', partners: ['isv/contoso', 'partner/2002'] }, { queue: 'isv/fabrikam', partners: ['isv/fabrikam', 'partner/2002'] }])).toEqual(['partner/2002', 'isv/contoso', 'isv/fabrikam', 'microsoft']);
    expect(takersOf([{ queue: 'isv/contoso', partners: ['isv/contoso', 'partner/2002'] }])).toEqual(['partner/2002', 'microsoft']);
  });
});
