import { anOffer, boughtDirectly, decisionOn, ofReseller } from './question.builder.js';
import type { Asked } from './question.builder.js';
import type { Area } from './vocabulary.js';

describe('a decision says which facts it lacked', () => {
  it.each<[sentence: string, area: Area, asked: Asked, ...missing: string[]]>([
    ['none, where it had all', 'break-fix', {}],
    ['the offer, for a publisher', 'break-fix', { offer: null }, 'offer'],
    ['the offer, for a publisher of whom the partner hears first', 'activation', { offer: null }, 'offer'],
    ['who publishes the offer, and its contacts', 'break-fix', { offer: anOffer({ publisherId: null, contacts: null }) }, 'offer.publisherId', 'offer.contacts'],
    ['no offer, where the publisher has no part', 'payment', { offer: null }],
    ['the subscription, for the partner who is responsible', 'payment', { subscription: null }, 'subscription'],
    ['the subscription, for the partner who is told', 'break-fix', { subscription: null }, 'subscription'],
    ['the subscription, for the partner who hands over', 'partner-billing', { subscription: null, asker: 'direct-bill-partner' }, 'subscription'],
    ['the subscription, for the partner who hears first', 'training', { subscription: null }, 'subscription'],
    ['no subscription, where no partner has a part', 'break-fix', { subscription: null, asker: 'direct-bill-partner' }],
    ['no subscription, where Microsoft and the publisher are alone', 'offer-management', { subscription: null, asker: 'isv-publisher' }],
    ['the partner of the subscription', 'payment', { subscription: {} }, 'subscription.partner'],
    ['the partner of the subscription, of which only the model is told', 'payment', { subscription: { partner: { model: 'direct-bill' } } }, 'subscription.partner'],
    ['no partner of what was bought directly', 'payment', { subscription: boughtDirectly }],
    ['nothing of a pair that is known', 'payment', { subscription: ofReseller }],
    ['both, where both were left out', 'training', { offer: null, subscription: null }, 'offer', 'subscription'],
  ])('%s', (_sentence, area, asked, ...missing) => {
    expect(decisionOn(area, asked).missing).toEqual(missing);
  });
});
