import { BASES } from './vocabulary.js';
import { DEFAULT_MATRIX } from './default-matrix.js';
import {
  anAgreement,
  anOffer,
  boughtDirectly,
  decisionOn,
  ofReseller,
} from './question.builder.js';
import type { Asked } from './question.builder.js';
import { REASON_CODES } from './reasons.js';
import type { ReasonCode } from './reasons.js';
import type { Area } from './vocabulary.js';

const handoffDefault = 'Handoff default, where the guidance is silent';
const supportPage = 'Partner Center documentation: support for commercial marketplace products in the CSP program';
const assigningPage = 'Partner Center documentation: support contacts of a subscription';

const shared = (accountable?: 'reseller') => [anAgreement([{ area: 'payment', assignedTo: 'shared', accountable }], { id: 'a-7' })];
const support = { email: 'help@northwind.example' };
const listsNone = anOffer({ contacts: {} });

type Told = readonly [code: ReasonCode, area: Area | null, asked: Asked, text: string, source: string];

const told: readonly Told[] = [
  ['asker-is-responsible', 'payment', { asker: 'direct-bill-partner' }, 'The direct-bill partner 3100 asks about a matter of its own.', handoffDefault],
  [
    'handed-over-by',
    'commerce-transaction',
    {},
    'The direct-bill partner 3100 takes it to Microsoft, by a service request in Partner Center.',
    supportPage,
  ],
  [
    'escalated-through',
    'activation',
    { subscription: ofReseller, asker: 'indirect-reseller' },
    'Microsoft is asked only through the indirect provider 4100.',
    handoffDefault,
  ],
  [
    'escalated-through',
    'payment',
    { subscription: { ...ofReseller, supportContact: 'reseller' } },
    'Microsoft is asked only through the indirect provider 4100, never by the indirect reseller 5200 itself.',
    handoffDefault,
  ],
  [
    'escalated-through',
    'activation',
    { subscription: { ...ofReseller, supportContact: 'reseller' } },
    'Microsoft is asked only through the indirect provider 4100, never by the indirect reseller 5200 itself.',
    handoffDefault,
  ],
  [
    'no-usable-contact',
    'break-fix',
    { offer: listsNone },
    'The offer lists no contact that a customer’s ticket may be sent to, so it waits for a person; the direct-bill partner 3100 is told.',
    handoffDefault,
  ],
  [
    'no-usable-contact',
    'break-fix',
    { offer: listsNone, subscription: boughtDirectly },
    'The offer lists no contact that a customer’s ticket may be sent to, so it waits for a person.',
    handoffDefault,
  ],
  [
    'no-usable-contact',
    'break-fix',
    { offer: listsNone, asker: 'partner' },
    'The offer lists no contact that this ticket may be sent to, so it waits for a person; the direct-bill partner 3100 is told.',
    handoffDefault,
  ],
  [
    'no-usable-contact',
    'break-fix',
    { offer: listsNone, asker: 'microsoft', subscription: boughtDirectly },
    'The offer lists no contact that this ticket may be sent to, so it waits for a person.',
    handoffDefault,
  ],
  [
    'offer-unknown',
    'break-fix',
    { offer: null },
    'It is for the ISV publisher (not known): no offer names its publisher, so it waits for a person.',
    handoffDefault,
  ],
  [
    'partner-unknown',
    'payment',
    { subscription: null },
    'It is for the direct-bill partner (not known): no subscription names the partner, so it waits for a person.',
    handoffDefault,
  ],
  [
    'contacts-unknown',
    'break-fix',
    { offer: anOffer({ contacts: null }) },
    'The question does not say which contacts the offer lists, so none can be named.',
    handoffDefault,
  ],
  [
    'offer-not-in-cloud',
    'payment',
    { offer: anOffer({ clouds: ['us-government', 'china'] }) },
    'The offer is listed for us-government, china, and the ticket is about public: one of the two may be wrong.',
    handoffDefault,
  ],
  [
    'agreement-entry',
    'payment',
    { subscription: ofReseller, agreements: [anAgreement([{ assignedTo: 'provider' }, { area: 'payment', assignedTo: 'reseller' }])] },
    'The agreement between provider 4100 and reseller 5200 in force since 2026-01-01 gives the matter to the indirect reseller 5200 (payment).',
    'Agreement 4100/5200 from 2026-01-01, entry 2',
  ],
  [
    'agreement-entry',
    'payment',
    { subscription: ofReseller, agreements: [anAgreement([{ assignedTo: 'provider' }], { id: 'a-7' })] },
    'The agreement between provider 4100 and reseller 5200 in force since 2026-01-01 gives the matter to the indirect provider 4100 (all areas).',
    'Agreement a-7 from 2026-01-01, entry 1',
  ],
  [
    'agreement-entry',
    'payment',
    { subscription: ofReseller, agreements: shared('reseller') },
    'The agreement between provider 4100 and reseller 5200 in force since 2026-01-01 gives the matter to both (payment).',
    'Agreement a-7 from 2026-01-01, entry 1',
  ],
  [
    'shared-by-agreement',
    'payment',
    { subscription: ofReseller, agreements: shared('reseller') },
    'Provider and reseller share it, and the indirect reseller 5200 is accountable.',
    supportPage,
  ],
  [
    'shared-by-agreement',
    'payment',
    { subscription: ofReseller, agreements: shared() },
    'Provider and reseller share it, and the indirect provider 4100 is accountable, since the agreement names neither.',
    handoffDefault,
  ],
  [
    'no-agreement-in-force',
    'payment',
    { subscription: ofReseller },
    'No agreement in force between the indirect provider 4100 and the indirect reseller 5200 covers this: the reseller should ask its provider for the details.',
    supportPage,
  ],
  [
    'support-contact-designated',
    'payment',
    { subscription: { ...ofReseller, supportContact: 'reseller' } },
    'The indirect reseller 5200 is designated as the support contact of the subscription.',
    assigningPage,
  ],
  [
    'provider-by-default',
    'payment',
    { subscription: ofReseller },
    'The indirect provider 4100 is the programme’s default contact of the subscription.',
    assigningPage,
  ],
  [
    'no-reseller-known',
    'payment',
    { subscription: { partner: { model: 'indirect', providerId: '4100' } } },
    'Neither the subscription nor the customer names a reseller, so the indirect provider 4100 acts alone.',
    handoffDefault,
  ],
  [
    'contact-chosen',
    'break-fix',
    {},
    'The customer is shown the support site, and nothing else, of the ISV publisher northwind.',
    handoffDefault,
  ],
  [
    'contact-chosen',
    'break-fix',
    { asker: 'partner' },
    'The CSP partner may use the customer support contact (name, email, phone, url), of the ISV publisher northwind.',
    handoffDefault,
  ],
  [
    'contact-chosen',
    'break-fix',
    { asker: 'microsoft' },
    'Microsoft may use the engineering contact (name, email, phone), of the ISV publisher northwind.',
    handoffDefault,
  ],
  [
    'no-support-site',
    'break-fix',
    { offer: anOffer({ contacts: { customerSupport: support } }) },
    'The offer lists no support site, and nothing else of the ISV publisher northwind may be shown to a customer.',
    handoffDefault,
  ],
  [
    'government-site',
    'break-fix',
    { cloud: 'us-government', offer: anOffer({ governmentSupportUrl: 'https://northwind.example/gov' }) },
    'The support site is the one for the US Government cloud.',
    supportPage,
  ],
  [
    'no-government-site',
    'break-fix',
    { cloud: 'us-government' },
    'The offer lists no support site for the US Government cloud, so its general one is used.',
    handoffDefault,
  ],
];

describe('a reason is a code, a sentence and where the rule comes from', () => {
  it.each(told)('%s on %s with %j', (code, area, asked, text, source) => {
    expect(decisionOn(area, asked).reasons).toContainEqual(expect.objectContaining({ code, text, source }));
  });

  it('of a row as it stands in the matrix', () => {
    for (const { id, code, text, source } of DEFAULT_MATRIX.rows.filter(({ stage }) => stage === 'area')) {
      expect(decisionOn(id as Area).reasons[0]).toMatchObject({ code, text, source });
    }
  });

  it('and there is no code that no reason has', () => {
    const given = [...DEFAULT_MATRIX.rows, ...told.map(([code]) => ({ code }))].map(({ code }) => code);
    expect(REASON_CODES.toSorted()).toEqual([...new Set(given)].toSorted());
  });

  it('and every row says whether the guidance states it', () => {
    for (const { basis } of DEFAULT_MATRIX.rows) expect(BASES).toContain(basis);
  });
});

describe('no reason is given', () => {
  const codes = (...asked: Parameters<typeof decisionOn>) => decisionOn(...asked).reasons.map(({ code }) => code);

  it.each<[code: ReasonCode, sentence: string, area: Area, asked: Asked]>([
    ['asker-is-responsible', 'where another is responsible', 'break-fix', { asker: 'direct-bill-partner' }],
    ['asker-is-responsible', 'where another hears first', 'payment', { asker: 'indirect-reseller', subscription: ofReseller }],
    ['escalated-through', 'where a direct-bill partner asks Microsoft', 'payment', {}],
    ['escalated-through', 'where nobody turns to Microsoft', 'training', { subscription: { ...ofReseller, supportContact: 'reseller' } }],
    ['escalated-through', 'where the provider itself is responsible', 'payment', { subscription: ofReseller }],
    ['offer-not-in-cloud', 'where nobody told the clouds of the offer', 'payment', { offer: anOffer({ clouds: [] }) }],
    ['offer-not-in-cloud', 'where the offer is in the cloud of the ticket', 'payment', { offer: anOffer({ clouds: ['china', 'public'] }) }],
    ['offer-not-in-cloud', 'where there is no offer', 'payment', { offer: null }],
    ['contacts-unknown', 'where the partner hears first', 'payment', { offer: anOffer({ contacts: null }) }],
    ['contacts-unknown', 'where there is no offer', 'break-fix', { offer: null }],
    ['contacts-unknown', 'where the offer lists none', 'break-fix', { offer: listsNone }],
    ['no-agreement-in-force', 'where the CSP partner has no part', 'account-support', { subscription: ofReseller, asker: 'isv-publisher' }],
    ['no-government-site', 'in the public cloud', 'break-fix', {}],
    ['no-government-site', 'where no site is shown', 'break-fix', { cloud: 'us-government', asker: 'microsoft' }],
    ['offer-unknown', 'for a publisher that is known', 'break-fix', {}],
    ['partner-unknown', 'for Microsoft', 'partner-billing', { asker: 'isv-publisher', subscription: null }],
  ])('%s, %s', (code, _sentence, area, asked) => {
    expect(codes(area, asked)).not.toContain(code);
  });
});
