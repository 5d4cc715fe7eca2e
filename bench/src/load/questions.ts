import type { ExplainRequest } from '@handoff/matrix';
import type { Directory, Offer } from './directory.js';

/** What the directory knows about a ticket, as the rules want to be asked. */
export type Known = Pick<ExplainRequest, 'offer' | 'subscription' | 'agreements'>;

/** What is known about the tickets of a subscription, made once for each. */
export function known({ offers, subscriptions, agreements }: Directory): (subscriptionId: string) => Known {
  const offerOf = new Map(offers.map((offer) => [offer.id, offerInput(offer)]));
  const bySubscription = new Map(subscriptions.map(({ id, offerId, customerId, channel, supportContact, soldBy }): [string, Known] => [id, {
    offer: offerOf.get(offerId),
    subscription: { channel, supportContact, customerId, partner: soldBy },
    agreements: agreements.filter(({ providerId, resellerId }) => providerId === soldBy.providerId && resellerId === soldBy.resellerId),
  }]));
  return (subscriptionId) => bySubscription.get(subscriptionId) ?? {};
}

function offerInput({ listing, ...offer }: Offer): ExplainRequest['offer'] {
  return {
    id: offer.id, publisherId: offer.publisherId, ownership: offer.ownership, kind: offer.kind,
    contacts: {
      customerSupport: { ...listing.supportContact, url: listing.globalSupportWebsite },
      cspProgram: listing.cloudSolutionProviderContact,
      engineering: listing.engineeringContact,
    },
    documents: listing.generalLinks.map(({ displayText, link }) => ({ title: displayText, url: link, kind: 'documentation' })),
  };
}
