import { bodyOf, canBeDone, offeredFor, takersOf, undoOf } from './ticket-action.decision.js';

describe('what a person does to tickets', () => {
  it('is sent without what was not said', () => {
    expect([bodyOf({ kind: 'acknowledge' }), bodyOf({ kind: 'classify', area: 'payment', note: undefined })]).toEqual([{}, { area: 'payment' }]);
  });

  it('is undone by the same kind of command, where there is one', () => {
    expect(undoOf({ kind: 'reassign', to: 'partner/2002', reason: 'x' }, { queue: 'isv/contoso', area: null, attachedTo: null }, 'back')).toEqual({ kind: 'reassign', to: 'isv/contoso', reason: 'back' });
    expect(undoOf({ kind: 'reassign', to: 'partner/2002', reason: 'x' }, { queue: 'microsoft/azure', area: null, attachedTo: null }, 'back')).toMatchObject({ to: 'microsoft' });
    expect(undoOf({ kind: 'reassign', to: 'partner/2002', reason: 'x' }, { queue: 'triage', area: null, attachedTo: null }, 'back')).toBeNull();
    expect(undoOf({ kind: 'classify', area: 'payment' }, { queue: null, area: 'training', attachedTo: null }, 'back')).toEqual({ kind: 'classify', area: 'training', note: 'back' });
    expect([undoOf({ kind: 'classify', area: 'payment' }, { queue: null, area: null, attachedTo: null }, 'back'), undoOf({ kind: 'acknowledge' }, { queue: null, area: null, attachedTo: null }, 'back'), undoOf({ kind: 'resolve' }, { queue: null, area: null, attachedTo: null }, 'back')]).toEqual([null, null, null]);
  });

  it('is offered where it would change anything', () => {
    expect((['waiting', 'acknowledged', 'closed', 'received'] as const).map((state) => [canBeDone('acknowledge', { state, attachedTo: null }), canBeDone('reassign', { state, attachedTo: null }), canBeDone('resolve', { state, attachedTo: null })])).toEqual([[true, true, true], [false, true, true], [false, false, false], [false, false, true]]);
  });

  it('attaches what belongs to no outage and detaches what does, each as the way back of the other', () => {
    const [free, attached] = [{ queue: null, area: null, attachedTo: null }, { queue: null, area: null, attachedTo: 'outage-7' }];
    expect([free, attached].map(({ attachedTo }) => [canBeDone('attach', { state: 'waiting', attachedTo }), canBeDone('detach', { state: 'waiting', attachedTo })])).toEqual([[true, false], [false, true]]);
    expect([offeredFor([free]), offeredFor([attached]), offeredFor([free, attached])].map((kinds) => kinds.filter((kind) => kind.endsWith('tach')))).toEqual([['attach'], ['detach'], ['attach', 'detach']]);
    expect(undoOf({ kind: 'attach', noticeId: 'outage-7', reason: 'x' }, free, 'back')).toEqual({ kind: 'detach', reason: 'back' });
    expect(undoOf({ kind: 'detach', reason: 'x' }, attached, 'back')).toEqual({ kind: 'attach', noticeId: 'outage-7', reason: 'back' });
  });

  it('gives tickets to those who have a part in them, those in all of them first', () => {
    expect(takersOf([{ queue: 'isv/contoso', partners: ['isv/contoso', 'partner/2002'] }, { queue: 'isv/fabrikam', partners: ['isv/fabrikam', 'partner/2002'] }])).toEqual(['partner/2002', 'isv/contoso', 'isv/fabrikam', 'microsoft']);
    expect(takersOf([{ queue: 'isv/contoso', partners: ['isv/contoso', 'partner/2002'] }])).toEqual(['partner/2002', 'microsoft']);
  });
});
