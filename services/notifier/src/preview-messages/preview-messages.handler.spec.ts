import { GOLDEN_EVENTS } from '@handoff/contracts';
import { KeyRing } from '@handoff/secrets';
import { TEST_KEYS } from '@handoff/testing';
import { AcknowledgeLinks } from '../acknowledge/acknowledge-links.js';
import { OWN_WORDS } from '../message/texts/words.js';
import { aDelivery, aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import type { Delivery } from '../notification/notification.js';
import { type Previewed, PreviewMessagesHandler, type Showing } from './preview-messages.handler.js';

const links = new AcknowledgeLinks(KeyRing.parse(TEST_KEYS), 'https://handoff.example');
const AS_SENT: Showing = { channel: null, language: null };

function preview(previewed: Previewed, showing: Partial<Showing> = {}, delivery: Delivery | null = null) {
  const handler = new PreviewMessagesHandler({ notifications: { messageFacts: () => Promise.resolve(delivery) }, links, words: OWN_WORDS, areAnswersRead: true });
  return handler.handle(previewed, { ...AS_SENT, ...showing });
}

describe('a preview', () => {
  it('of a notification is its message, in its channel and language', async () => {
    const delivery = aDelivery(aRoutedEvent({ recipients: [aRecipient({ language: 'tr' })] }));
    const [shown] = await preview({ notificationId: delivery.notification.notificationId }, {}, delivery);
    expect(shown).toMatchObject({ destination: 'isv/contoso', purpose: 'act', channel: 'mail', language: 'tr', subject: '[B] Sign-in fails (SUP-12)', json: null });
    expect(shown?.text).toContain('Sizin ilgilenmeniz gereken yeni bir destek kaydı var.');
    expect(shown?.html).toContain('<html lang="tr">');
    expect(shown?.text).toContain(OWN_WORDS.tr.text('answer.acknowledges'));
  });

  it('of a notification that there is not is refused', async () => {
    await expect(preview({ notificationId: '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c77' })).rejects.toMatchObject({ code: 'notification-not-found' });
  });

  it('can be in another channel and language', async () => {
    const delivery = aDelivery();
    const [shown] = await preview({ notificationId: delivery.notification.notificationId }, { channel: 'slack', language: 'tr' }, delivery);
    expect(shown).toMatchObject({ channel: 'slack', language: 'tr', text: null, html: null, json: { blocks: expect.anything() as unknown } });
  });

  it('has no link that acknowledges', async () => {
    const delivery = aDelivery();
    const shown = JSON.stringify(await preview({ notificationId: delivery.notification.notificationId }, {}, delivery));
    expect(shown).toContain('https://handoff.example/a/preview');
    expect(shown).not.toContain(links.tokenOf(delivery.notification.notificationId));
    expect(links.notificationOf('preview')).toBeNull();
  });

  it('of an event has one message for each contact, each in its language, or those of one destination', async () => {
    const { data } = aRoutedEvent({ recipients: [aRecipient(), aRecipient({ purpose: 'inform', destination: 'partner/3001', party: { role: 'direct-bill-partner', partyId: '3001' }, email: 'desk@adatum.example', language: 'tr' })] });
    const event = { type: 'handoff.ticket.routed.v1', data } as const;
    expect((await preview({ event, destination: null })).map(({ destination, language, purpose }) => [destination, language, purpose])).toEqual([['isv/contoso', 'en', 'act'], ['partner/3001', 'tr', 'inform']]);
    expect(await preview({ event, destination: 'partner/3001' })).toHaveLength(1);
    expect(await preview({ event, destination: 'partner/9' })).toEqual([]);
  });

  it('of an escalation says so', async () => {
    const { data } = GOLDEN_EVENTS['handoff.ticket.escalated.v1'];
    const [shown] = await preview({ event: { type: 'handoff.ticket.escalated.v1', data }, destination: null });
    expect(shown?.text).toMatch(/\n\nReminder: nobody has acknowledged/);
  });

  it('of what is no such event says where it is wrong', async () => {
    const { data } = aRoutedEvent();
    const wrong = { ...data, ticket: { ...data.ticket, severity: 'Z' } };
    await expect(preview({ event: { type: 'handoff.ticket.routed.v1', data: wrong }, destination: null })).rejects.toMatchObject({ code: 'invalid-content', fields: expect.arrayContaining([expect.objectContaining({ field: '/event/data/ticket/severity' })]) as unknown });
  });

  it('of a sample is what its audience would read', async () => {
    const [shown, ...more] = await preview({ kind: 'inform.moved', audience: 'partner' });
    expect(shown).toMatchObject({ destination: 'partner/3001', purpose: 'inform' });
    expect(more).toEqual([]);
  });
});
