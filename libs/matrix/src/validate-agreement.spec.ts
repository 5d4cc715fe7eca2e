import type { AgreementEntryInput, AgreementInput } from './explain-request.js';
import { factsOf } from './facts-of.js';
import { anAgreement, NOW } from './question.builder.js';
import { validateAgreement } from './validate-agreement.js';

const wrong = (value: unknown) => value as never;

function findings(entries: readonly AgreementEntryInput[], given: Partial<AgreementInput> = {}) {
  const { agreements } = factsOf({ ticket: {}, agreements: [anAgreement(entries, given)] }, NOW);
  return agreements.flatMap(validateAgreement).map(({ path, code }) => `${path} ${code}`);
}

const toReseller: AgreementEntryInput = { assignedTo: 'reseller' };

describe('an agreement that somebody writes', () => {
  it('may give everything to one partner and a part to both', () => {
    const entries: AgreementEntryInput[] = [
      toReseller,
      { area: 'payment', assignedTo: 'shared', accountable: 'provider' },
      { area: 'payment', kind: 'saas', severity: 'A', assignedTo: 'provider', accountable: 'provider' },
    ];
    expect(findings(entries, { to: '2027-01-01T00:00:00Z' })).toEqual([]);
  });

  it.each<[string, readonly AgreementEntryInput[], Partial<AgreementInput>, string]>([
    ['it names no provider', [toReseller], { providerId: ' ' }, 'providerId provider-missing'],
    ['it names no reseller', [toReseller], { resellerId: '' }, 'resellerId reseller-missing'],
    ['both are one partner', [toReseller], { resellerId: '4100' }, 'resellerId pair-equal'],
    ['its start is no instant', [toReseller], { from: 'spring' }, 'from instant-invalid'],
    ['its end is no instant', [toReseller], { to: 'autumn' }, 'to instant-invalid'],
    ['it ends when it begins', [toReseller], { to: '2026-01-01' }, 'to period-empty'],
    ['it has no entry', [], {}, 'entries entries-missing'],
    ['it names an unknown area', [{ area: wrong('gossip'), ...toReseller }], {}, 'entries[0].area value-unknown'],
    [
      'it gives a matter to nobody known',
      [{ assignedTo: wrong('neighbour') }],
      {},
      'entries[0].assignedTo value-unknown',
    ],
    [
      'a shared matter has nobody accountable',
      [{ assignedTo: 'shared' }],
      {},
      'entries[0].accountable accountable-missing',
    ],
    [
      'somebody else is accountable',
      [{ ...toReseller, accountable: 'provider' }],
      {},
      'entries[0].accountable accountable-contradicts',
    ],
    [
      'two entries have equal conditions',
      [{ area: 'all', ...toReseller }, { assignedTo: 'provider' }],
      {},
      'entries[1] conditions-equal',
    ],
    [
      'two entries have equal countries, however written',
      [
        { country: 'de', ...toReseller },
        { country: 'DE', assignedTo: 'provider' },
      ],
      {},
      'entries[1] conditions-equal',
    ],
  ])('is refused when %s', (...[, entries, given, finding]) => {
    expect(findings(entries, given)).toContain(finding);
  });
});
