import { dice } from '../matrix/dice.js';

/** Who is who in the measured world, in the form of a demo directory: the product loads it as a file, the floor keeps it in memory. */
export interface Directory {
  readonly publishers: readonly { readonly id: string; readonly name: string }[];
  readonly offers: readonly Offer[];
  readonly partners: readonly Partner[];
  readonly customers: readonly Customer[];
  readonly subscriptions: readonly Subscription[];
  readonly agreements: readonly Agreement[];
}

export interface Offer {
  readonly id: string;
  readonly publisherId: string;
  readonly name: string;
  readonly ownership: 'third-party';
  readonly kind: 'saas' | 'virtual-machine' | 'container';
  readonly listing: {
    readonly supportContact: { readonly name: string; readonly email: string; readonly phone: string };
    readonly engineeringContact: { readonly name: string; readonly email: string };
    readonly cloudSolutionProviderContact: { readonly name: string; readonly email: string };
    readonly globalSupportWebsite: string;
    readonly generalLinks: readonly { readonly displayText: string; readonly link: string }[];
  };
}

export interface Partner {
  readonly id: string;
  readonly name: string;
  readonly model: 'indirect-provider' | 'indirect-reseller';
  readonly providers?: readonly { readonly providerId: string }[];
  readonly contacts: Readonly<Record<string, { readonly name: string; readonly email: string }>>;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly country: string;
}

export interface Subscription {
  readonly id: string;
  readonly customerId: string;
  readonly offerId: string;
  readonly channel: 'csp';
  readonly soldBy: { readonly model: 'indirect'; readonly providerId: string; readonly resellerId: string };
  readonly supportContact: 'reseller';
}

export interface Agreement {
  readonly id: string;
  readonly providerId: string;
  readonly resellerId: string;
  readonly from: string;
  readonly to: null;
  readonly entries: readonly { readonly area: 'customer-billing' | 'payment'; readonly assignedTo: 'reseller' }[];
}

const SEED = 20_260_605;
const PUBLISHERS = 40;
const OFFERS = 200;
const PROVIDERS = 10;
const RESELLERS = 90;
const CUSTOMERS = 2_000;
const SUBSCRIPTIONS = 4_000;
const COUNTRIES = ['DE', 'TR', 'FR', 'US', 'GB', 'JP', 'BR', 'AU', 'NL', 'SE'] as const;
const KINDS = ['saas', 'saas', 'saas', 'virtual-machine', 'container'] as const;

/** A distributor's world of middling size; the same at every call. */
export function directory(): Directory {
  const chance = dice(SEED);
  const publishers = numbered(PUBLISHERS, (index) => ({ id: `publisher-${index}`, name: `Publisher ${index} Software` }));
  const offers = numbered(OFFERS, (index): Offer => offerOf(index, chance.pick(KINDS)));
  const providers = numbered(PROVIDERS, (index): Partner => partnerOf(String(1_000_000 + index), 'indirect-provider'));
  const resellers = numbered(RESELLERS, (index): Partner => ({ ...partnerOf(resellerId(index), 'indirect-reseller'), providers: [{ providerId: providerOf(index) }] }));
  const customers = numbered(CUSTOMERS, (index): Customer => ({ id: `customer-${index}`, name: `Customer ${index}`, country: chance.pick(COUNTRIES) }));
  const subscriptions = numbered(SUBSCRIPTIONS, (index): Subscription => {
    const reseller = chance.below(RESELLERS);
    return {
      id: `subscription-${index}`, customerId: `customer-${index % CUSTOMERS}`, offerId: `offer-${chance.below(OFFERS)}`, channel: 'csp',
      soldBy: { model: 'indirect', providerId: providerOf(reseller), resellerId: resellerId(reseller) }, supportContact: 'reseller',
    };
  });
  return { publishers, offers, partners: [...providers, ...resellers], customers, subscriptions, agreements: numbered(RESELLERS, agreementOf) };
}

/** All queues that tickets about this directory can end in, which are the destinations of its contacts. */
export function destinations({ publishers, partners }: Directory): readonly string[] {
  return [...publishers.map(({ id }) => `isv/${id}`), ...partners.map(({ id }) => `partner/${id}`)];
}

function offerOf(index: number, kind: Offer['kind']): Offer {
  const publisherId = `publisher-${index % PUBLISHERS}`;
  const site = `https://${publisherId}.example`;
  return {
    id: `offer-${index}`, publisherId, name: `Product ${index}`, ownership: 'third-party', kind,
    listing: {
      supportContact: { name: 'Help desk', email: `help@${publisherId}.example`, phone: '+49 30 5550100' },
      engineeringContact: { name: 'On call', email: `oncall@${publisherId}.example` },
      cloudSolutionProviderContact: { name: 'Partner desk', email: `partners@${publisherId}.example` },
      globalSupportWebsite: `${site}/help`,
      generalLinks: [{ displayText: 'User guide', link: `${site}/guide/${index}` }],
    },
  };
}

function partnerOf(id: string, model: Partner['model']): Partner {
  return { id, name: `Partner ${id}`, model, contacts: { default: { name: 'Service desk', email: `desk@partner-${id}.example` } } };
}

function agreementOf(index: number): Agreement {
  return {
    id: `agreement-${index}`, providerId: providerOf(index), resellerId: resellerId(index), from: '2026-01-01', to: null,
    entries: [{ area: 'customer-billing', assignedTo: 'reseller' }, { area: 'payment', assignedTo: 'reseller' }],
  };
}

function resellerId(index: number): string {
  return String(5_000_000 + index);
}

function providerOf(reseller: number): string {
  return String(1_000_000 + (reseller % PROVIDERS));
}

function numbered<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
