import type { AgreementEntryInput, AgreementInput } from './explain-request.js';
import { factsOf } from './facts-of.js';
import { anAgreement, NOW } from './question.builder.js';
import { AREAS, ASSIGNEES, OFFER_KINDS, SEVERITIES, SUPPORT_CONTACTS } from './vocabulary.js';
import { validateAgreement } from './validate-agreement.js';

const wrong = (value: unknown) => value as never;

function findings(entries: readonly AgreementEntryInput[], given: Partial<AgreementInput> = {}) {
  const { agreements } = factsOf({ ticket: {}, agreements: [anAgreement(entries, given)] }, NOW);
  return agreements.flatMap(validateAgreement);
}

const toReseller: AgreementEntryInput = { assignedTo: 'reseller' };
const instantRemedy = 'Write a date (2026-01-31) or an instant (2026-01-31T09:00:00Z).';
const useOneOfThose = 'Use one of those.';

describe('an agreement that somebody writes', () => {
  it('may give everything to one partner and a part to both', () => {
    const entries: AgreementEntryInput[] = [
      toReseller,
      { area: 'payment', assignedTo: 'shared', accountable: 'provider' },
      { area: 'payment', kind: 'saas', severity: 'A', assignedTo: 'provider', accountable: 'provider' },
      { area: 'payment', country: 'DE', assignedTo: 'reseller', accountable: 'reseller' },
    ];
    expect(findings(entries, { to: '2027-01-01T00:00:00Z' })).toEqual([]);
  });

  it.each<[string, readonly AgreementEntryInput[], Partial<AgreementInput>, ...[path: string, code: string, message: string, remedy: string]]>([
    ['it names no provider', [toReseller], { providerId: ' ' }, 'providerId', 'provider-missing', 'An agreement names its provider.', "Give 'providerId'."],
    ['it names no reseller', [toReseller], { resellerId: '' }, 'resellerId', 'reseller-missing', 'An agreement names its reseller.', "Give 'resellerId'."],
    [
      'both are one partner',
      [toReseller],
      { resellerId: '4100' },
      'resellerId',
      'pair-equal',
      'Provider and reseller must be two partners.',
      'Name two different partners.',
    ],
    [
      'its start is no instant',
      [toReseller],
      { from: 'spring' },
      'from',
      'instant-invalid',
      "'spring' is neither a date (2026-01-31) nor an RFC 3339 instant.",
      instantRemedy,
    ],
    [
      'its end is no instant',
      [toReseller],
      { to: 'autumn' },
      'to',
      'instant-invalid',
      "'autumn' is neither a date (2026-01-31) nor an RFC 3339 instant.",
      instantRemedy,
    ],
    [
      'it ends when it begins',
      [toReseller],
      { to: '2026-01-01' },
      'to',
      'period-empty',
      "'to' (2026-01-01) must be after 'from' (2026-01-01): it is the first moment no longer in force.",
      "Give a later 'to', or none for an agreement without an end.",
    ],
    ['it has no entry', [], {}, 'entries', 'entries-missing', 'An agreement needs at least one entry.', 'Add an entry that says who takes what.'],
    [
      'it names an unknown area',
      [{ area: wrong('gossip'), ...toReseller }],
      {},
      'entries[0].area',
      'value-unknown',
      `'gossip' is not one of all, ${AREAS.join(', ')}.`,
      useOneOfThose,
    ],
    [
      'it names an unknown kind of product',
      [toReseller, { kind: wrong('gadget'), ...toReseller }],
      {},
      'entries[1].kind',
      'value-unknown',
      `'gadget' is not one of ${OFFER_KINDS.join(', ')}.`,
      useOneOfThose,
    ],
    [
      'it names an unknown severity',
      [{ severity: wrong('D'), ...toReseller }],
      {},
      'entries[0].severity',
      'value-unknown',
      `'D' is not one of ${SEVERITIES.join(', ')}.`,
      useOneOfThose,
    ],
    [
      'it gives a matter to nobody known',
      [{ assignedTo: wrong('neighbour') }],
      {},
      'entries[0].assignedTo',
      'value-unknown',
      `'neighbour' is not one of ${ASSIGNEES.join(', ')}.`,
      useOneOfThose,
    ],
    [
      'nobody known is accountable',
      [{ assignedTo: 'shared', accountable: wrong('neighbour') }],
      {},
      'entries[0].accountable',
      'value-unknown',
      `'neighbour' is not one of ${SUPPORT_CONTACTS.join(', ')}.`,
      useOneOfThose,
    ],
    [
      'a shared matter has nobody accountable',
      [{ assignedTo: 'shared' }],
      {},
      'entries[0].accountable',
      'accountable-missing',
      "A shared matter names who is accountable: 'provider' or 'reseller'.",
      "Add 'accountable: provider' or 'accountable: reseller'.",
    ],
    [
      'somebody else is accountable',
      [{ ...toReseller, accountable: 'provider' }],
      {},
      'entries[0].accountable',
      'accountable-contradicts',
      "The matter is the reseller's, so nobody else is accountable for it.",
      "Remove 'accountable', or assign the matter to 'shared'.",
    ],
    [
      'two entries have equal conditions',
      [{ area: 'all', ...toReseller }, { assignedTo: 'provider' }],
      {},
      'entries[1]',
      'conditions-equal',
      'Entry 2 has the conditions of entry 1: nothing could choose between them.',
      'Add a condition to one of the two, or remove one.',
    ],
    [
      'two entries have equal countries, however written',
      [{ country: 'fr', ...toReseller }, { country: 'de', ...toReseller }, { country: 'DE', assignedTo: 'provider' }],
      {},
      'entries[2]',
      'conditions-equal',
      'Entry 3 has the conditions of entry 2: nothing could choose between them.',
      'Add a condition to one of the two, or remove one.',
    ],
  ])('is refused when %s, and told what would be right', (...[, entries, given, path, code, message, remedy]) => {
    expect(findings(entries, given).filter((found) => found.code === code)).toEqual([{ severity: 'error', path, code, message, remedy }]);
  });

  it('is told of each thing once', () => {
    const codes = (...asked: Parameters<typeof findings>) => findings(...asked).map(({ code }) => code);
    expect(codes([toReseller], { providerId: '', resellerId: '' })).toEqual(['provider-missing', 'reseller-missing']);
    expect(codes([toReseller], { from: 'spring', to: 'autumn' })).toEqual(['instant-invalid', 'instant-invalid']);
    expect(codes([toReseller], { to: '2025-12-31' })).toEqual(['period-empty']);
    expect(codes([{ ...toReseller, accountable: wrong('neighbour') }])).toEqual(['value-unknown', 'accountable-contradicts']);
  });
});
