import { mailBodyOf } from '../channels/mail/mail-body.decision.js';
import { letterMessageOf } from '../letters/letter-message.decision.js';
import { OWN_WORDS } from '../message/texts/words.js';
import { aChannel, aDelivery, aRoutedEvent, planned } from '../notification/notification.builders.js';
import type { Delivery } from '../notification/notification.js';
import { planNotifications } from '../plan-notifications/plan.decision.js';
import { BUNDLE_MAX, bundleMessageOf, bundleOf } from './bundle.decision.js';

const waiting = (count: number): Delivery[] => Array.from({ length: count }, (_, index) => aDelivery(aRoutedEvent({ ticket: { externalId: `T-${index}`, subject: `Fault ${index}` } })));
const isLast = { isLast: true };

describe('what waits for an address', () => {
  it('goes as one message when the last that may go is due and more wait, and else one by one', () => {
    expect(bundleOf(waiting(12), isLast)).toHaveLength(12);
    expect(bundleOf(waiting(12), { isLast: false })).toEqual([]);
    expect(bundleOf(waiting(1), isLast)).toEqual([]);
    expect(bundleOf([], isLast)).toEqual([]);
    expect(bundleOf(waiting(BUNDLE_MAX + 50), isLast)).toHaveLength(BUNDLE_MAX);
  });

  it('goes by itself where it was tried before, because it may have arrived', () => {
    const [first, ...others] = waiting(3).map((delivery, index) => ({ ...delivery, attempts: index === 0 ? 1 : 0 }));
    expect(bundleOf([first as Delivery, ...others], isLast)).toEqual([]);
    expect(bundleOf([...others, first as Delivery], isLast)).toEqual(others);
  });

  it('is never bundled for a program', () => {
    const channels = new Map([['isv/contoso', [aChannel()]]]);
    const [notification = planned(aRoutedEvent())] = planNotifications(aRoutedEvent(), { channels, plannedVersion: 0 });
    expect(notification.target.channel).toBe('webhook');
    expect(bundleOf(waiting(5).map((delivery) => ({ ...delivery, notification })), isLast)).toEqual([]);
  });
});

describe('the message of a bundle', () => {
  const [first, ...others] = waiting(12);
  const { letter, notification } = bundleMessageOf([first as Delivery, ...others], '2026-11-02T08:00:00.000Z');

  it('says how many and for whom, and names each with its own link to acknowledge', () => {
    const items = letter.items.map((item) => ({ ...item, acknowledgeUrl: item.isToAct ? `https://handoff.example/a/${item.notificationId}` : null }));
    const message = letterMessageOf(notification, { ...letter, items }, OWN_WORDS.en);
    expect(message.subjectLine).toBe('12 tickets for Contoso Software');
    const { text } = mailBodyOf(message);
    for (const { notificationId, subjectLine } of items) {
      expect(text).toContain(subjectLine);
      expect(text).toContain(`https://handoff.example/a/${notificationId}`);
    }
  });

  it('has an id that follows from what it tells', () => {
    expect(bundleMessageOf([first as Delivery, ...others], '2026-11-02T09:00:00.000Z').notification.notificationId).toBe(notification.notificationId);
    expect(bundleMessageOf([first as Delivery, ...others.slice(1)], letter.at).notification.notificationId).not.toBe(notification.notificationId);
  });
});
