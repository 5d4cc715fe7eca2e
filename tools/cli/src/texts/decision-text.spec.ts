import { paintFor } from '../format.js';
import { decisionLines } from './decision-text.js';
import { partyWords } from './people-words.js';

const PLAIN = paintFor(false);

describe('a decision in words', () => {
  it('says who acts, through whom it goes, where it lies, and why', () => {
    const decision = {
      responsible: { role: 'indirect-reseller', partyId: '2002' }, firstContact: { role: 'indirect-reseller', partyId: '2002' }, accountable: null, informed: [], handsOver: null,
      escalation: [{ role: 'indirect-provider', partyId: '1001' }, { role: 'microsoft' }],
      contacts: [{ kind: 'customer-support', party: { role: 'isv-publisher', partyId: 'contoso' }, fields: ['email', 'url'], for: 'customer' }],
      documents: [{ title: 'User guide', url: 'https://docs.contoso.example/crm' }],
      queue: 'partner/2002', reasons: [{ code: 'agreement-entry', text: 'The agreement gives payment to the reseller.', source: 'agreement northwind-fabrikam' }],
      matrixVersion: '2026-11', row: 'payment', missing: [], stays: false, informationOnly: false, attachedTo: null,
    };
    expect(decisionLines(decision, PLAIN)).toEqual([
      'Responsible    indirect reseller 2002',
      'First contact  indirect reseller 2002',
      'Escalation     indirect provider 1001, then Microsoft',
      'Queue          partner/2002',
      'Contacts       customer-support of ISV publisher contoso: email, url (for customer)',
      'Documents      User guide  https://docs.contoso.example/crm',
      'Matrix         2026-11, row payment',
      '',
      'Why',
      '  - The agreement gives payment to the reseller.',
      '    agreement-entry, agreement northwind-fabrikam',
    ]);
  });

  it('says so when nobody can be named, and what was not told', () => {
    const lines = decisionLines({ responsible: null, queue: 'triage', missing: ['ticket.area'], informationOnly: true }, PLAIN);
    expect(lines).toEqual(['Responsible  nobody can be named', 'Queue        triage', 'Note         There is nobody to send it to; the asker is told where to ask.', 'Not told     ticket.area']);
  });

  it.each([
    [{ role: 'microsoft' }, 'Microsoft'],
    [{ role: 'customer' }, 'customer'],
    [{ role: 'indirect-provider', partyId: null }, 'indirect provider (not known which)'],
    [{ role: 'shared', parties: [{ role: 'indirect-provider', partyId: '1001' }, { role: 'indirect-reseller', partyId: '2002' }] }, 'shared by indirect provider 1001 and indirect reseller 2002'],
    [null, null],
  ])('writes the party %j as %j', (party, words) => {
    expect(partyWords(party)).toBe(words);
  });
});
