import { GOLDEN_EVENTS } from '@handoff/contracts';
import { KeyRing } from '@handoff/secrets';
import { TEST_KEYS } from '@handoff/testing';
import fc from 'fast-check';
import { AcknowledgeLinks } from '../acknowledge/acknowledge-links.js';
import { LANGUAGES, OWN_WORDS } from '../message/texts/words.js';
import { aDelivery, aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import { CHANNEL_KINDS, type Delivery } from '../notification/notification.js';
import { type Previewed, PreviewMessagesHandler, type Showing } from './preview-messages.handler.js';

const pathsIn = (value: unknown, path: readonly string[] = []): string[][] => [[...path], ...(value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key])) : [])];

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((inner: unknown, index) => (String(index) === key ? replaced(inner, rest, by) : inner));
  return { ...value, [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}

/** The value with something else in up to three of its places. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  const others = fc.oneof(fc.constantFrom(null, '', 0, 1, true, [], {}, 'x'.repeat(300), '2016-12-31T23:59:60Z', 'shared', 'microsoft', '\ud800'), fc.string({ unit: 'binary', maxLength: 8 }), fc.anything({ maxDepth: 1 }));
  return fc.array(fc.tuple(fc.constantFrom(...pathsIn(value)), others), { minLength: 1, maxLength: 3 }).map((changes) => changes.reduce((whole, [path, by]) => replaced(whole, path, by), value));
}

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

  it('answers whatever event it is given, or says where it is wrong', async () => {
    const { data } = GOLDEN_EVENTS['handoff.ticket.escalated.v1'];
    const full = { ...data, recipients: [aRecipient({ mayContact: [{ kind: 'engineering', partyName: 'Contoso', for: 'csp-partner', name: 'a', email: 'b', phone: 'c', url: 'https://contoso.example' }] })] };
    await fc.assert(fc.asyncProperty(mutated(full), fc.constantFrom(...CHANNEL_KINDS), fc.constantFrom(...LANGUAGES), async (wrong, channel, language) => {
      const shown = await preview({ event: { type: 'handoff.ticket.escalated.v1', data: wrong }, destination: null }, { channel, language }).catch((error: unknown) => error);
      if (!Array.isArray(shown)) expect(shown).toMatchObject({ status: 422, code: 'invalid-content' });
    }), { numRuns: 1_000 });
  });

  it('of a sample is what its audience would read', async () => {
    const [shown, ...more] = await preview({ kind: 'inform.moved', audience: 'partner' });
    expect(shown).toMatchObject({ destination: 'partner/3001', purpose: 'inform' });
    expect(more).toEqual([]);
  });
});
