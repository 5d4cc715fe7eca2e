import { DEFAULT_MATRIX, compile, decide, factsOf } from './index.js';
import type {
  AgreementEntryInput,
  AgreementInput,
  Area,
  CompiledMatrix,
  Decision,
  ExplainRequest,
  Facts,
  OfferInput,
  SubscriptionInput,
} from './index.js';

/** Questions for tests: sensible defaults, so that a test spells out only what it is about. */
export const NOW = '2026-05-04T09:30:00Z';

/** Compiled anew each time, so that a test which decides by it tries the compiler as well. */
export function defaultMatrix(): CompiledMatrix {
  return compile(DEFAULT_MATRIX);
}

export const directBill: SubscriptionInput = { channel: 'csp', partner: { model: 'direct-bill', partnerId: '3100' } };
export const ofReseller: SubscriptionInput = {
  channel: 'csp',
  partner: { model: 'indirect', providerId: '4100', resellerId: '5200' },
};
export const boughtDirectly: SubscriptionInput = { channel: 'customer-direct' };

export function anOffer(given: Partial<OfferInput> = {}): OfferInput {
  return {
    id: 'payroll-suite',
    publisherId: 'northwind',
    ownership: 'third-party',
    kind: 'saas',
    contacts: {
      customerSupport: {
        name: 'Help desk',
        email: 'help@northwind.example',
        phone: '+49 1',
        url: 'https://northwind.example/help',
      },
      cspProgram: {
        name: 'Partner team',
        email: 'partners@northwind.example',
        phone: '',
        url: 'https://northwind.example/csp',
      },
      engineering: { name: 'On call', email: 'oncall@northwind.example', phone: '+49 2' },
    },
    ...given,
  };
}

export type Asked = Partial<Omit<ExplainRequest, 'ticket'>> & Partial<ExplainRequest['ticket']>;

/** A question about an area: the customer of a direct-bill partner asks about a third-party product. */
function aQuestion(area: Area | null, asked: Asked): ExplainRequest {
  const { offer = anOffer(), subscription = directBill, agreements, preferences, openHealthNotices, ...ticket } = asked;
  return { ticket: { area, ...ticket }, offer, subscription, agreements, preferences, openHealthNotices };
}

export function factsAbout(area: Area | null, asked: Asked = {}): Facts {
  return factsOf(aQuestion(area, asked), NOW);
}

export function decisionOn(area: Area | null, asked: Asked = {}): Decision {
  return decide(factsAbout(area, asked), defaultMatrix());
}

export function anAgreement(
  entries: readonly AgreementEntryInput[],
  given: Partial<AgreementInput> = {},
): AgreementInput {
  return { providerId: '4100', resellerId: '5200', from: '2026-01-01', to: null, entries, ...given };
}

export function codesOf({ reasons }: Decision): readonly string[] {
  return reasons.map(({ code }) => code);
}

export const thePartner = { role: 'direct-bill-partner', partyId: '3100' } as const;
export const theProvider = { role: 'indirect-provider', partyId: '4100' } as const;
export const theReseller = { role: 'indirect-reseller', partyId: '5200' } as const;
export const thePublisher = { role: 'isv-publisher', partyId: 'northwind' } as const;
export const microsoft = { role: 'microsoft' } as const;
