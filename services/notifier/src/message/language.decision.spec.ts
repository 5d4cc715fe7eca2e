import { aDelivery, aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import { messageOf } from './content.decision.js';
import { messageLanguage } from './language.decision.js';

describe('the language of a message', () => {
  it.each([
    ['tr', 'en', 'tr'], ['tr-TR', null, 'tr'], ['EN-gb', 'tr', 'en'], [null, 'tr-TR', 'tr'], [undefined, 'tr', 'tr'], [null, null, 'en'], [undefined, undefined, 'en'], [null, 'de', 'en'],
    // Who reads German is not helped by a customer who writes Turkish.
    ['de', 'tr', 'en'],
  ] as const)('of a contact that reads %s, about a ticket in %s, is %s', (contact, ticket, language) => {
    expect(messageLanguage({ ...(contact === undefined ? {} : { language: contact }) }, { ...(ticket === undefined ? {} : { language: ticket }) })).toBe(language);
  });

  it('is that of the contact in all its sentences, those of the decision too', () => {
    const recipients = [aRecipient({ language: 'tr' })];
    const reasons = [{ code: 'matrix-row', text: 'Faults of the product are for its publisher.', source: 'Support', message: 'row.break-fix', params: {} }];
    const message = messageOf(aDelivery(aRoutedEvent({ recipients, decision: { reasons } })));
    expect(message.headline).toBe('Sizin ilgilenmeniz gereken yeni bir destek kaydı var.');
    expect(message.turn).toEqual(['Sıra sizde (Contoso Software).']);
    expect(message.why).toEqual([{ code: 'matrix-row', text: 'Ürünündeki arızaları yayımcı giderir.', source: 'Support' }]);
    expect(message.decision.responsible).toBe('yayımcı Contoso Software');
  });

  it('leaves a reason that was never said in it as it is', () => {
    const reasons = [{ code: 'matrix-row', text: 'Late fees are for the provider.', source: 'House rules' }];
    expect(messageOf(aDelivery(aRoutedEvent({ recipients: [aRecipient({ language: 'tr' })], decision: { reasons } }))).why[0]?.text).toBe('Late fees are for the provider.');
  });
});
