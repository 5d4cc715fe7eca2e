import type { Decision } from '@handoff/contracts';
import { partiesOnTheWay } from './parties.decision.js';

const decision = {
  responsible: { role: 'microsoft' }, firstContact: { role: 'indirect-provider', partyId: '1001' }, handsOver: { role: 'indirect-provider', partyId: '1001' }, accountable: null,
  escalation: [{ role: 'indirect-provider', partyId: '1001' }], informed: [{ role: 'indirect-reseller', partyId: '2003' }],
} as unknown as Decision;

describe('the parties on the way of a ticket', () => {
  it('go from the customer outwards, with who has it, who is next, and what each has to do with it', () => {
    expect(partiesOnTheWay(decision, { hasIt: ['partner/1001'], customerId: 'proseware', escalationsDone: null })).toEqual([
      { role: 'customer', partyId: 'proseware', parts: [] },
      { role: 'indirect-reseller', partyId: '2003', parts: ['informed'] },
      { role: 'indirect-provider', partyId: '1001', parts: ['has-it', 'hands-over', 'escalation'] },
      { role: 'microsoft', partyId: null, parts: ['responsible'] },
    ]);
  });

  it('name as the next the one whom the coming escalation asks', () => {
    expect(partiesOnTheWay(decision, { hasIt: [], customerId: null, escalationsDone: 0 }).find(({ parts }) => parts.includes('next'))?.partyId).toBe('1001');
    expect(partiesOnTheWay(decision, { hasIt: [], customerId: null, escalationsDone: 1 }).some(({ parts }) => parts.includes('next'))).toBe(false);
  });

  it('are two where two share a ticket', () => {
    const shared = { ...decision, responsible: { role: 'shared', parties: [{ role: 'isv-publisher', partyId: 'contoso' }, { role: 'microsoft' }] } } as unknown as Decision;
    expect(partiesOnTheWay(shared, { hasIt: ['isv/contoso'], customerId: null, escalationsDone: null }).filter(({ parts }) => parts.includes('responsible')).map(({ role }) => role)).toEqual(['isv-publisher', 'microsoft']);
  });
});
