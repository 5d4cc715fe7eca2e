import { KeyRing } from '@handoff/secrets';
import { TEST_KEYS } from '@handoff/testing';
import { aDelivery, aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import { AcknowledgeLinks } from './acknowledge-links.js';

const links = new AcknowledgeLinks(KeyRing.parse(TEST_KEYS), 'https://handoff.example/');
const urlOf = (of: AcknowledgeLinks, overrides: Parameters<typeof aRoutedEvent>[0] = {}) => {
  const { notification, routed } = aDelivery(aRoutedEvent(overrides));
  return of.urlOf(notification, routed);
};

describe('the link of a message', () => {
  it('leads back to its notification, and is the same at each attempt', () => {
    const { notificationId } = aDelivery().notification;
    const token = links.tokenOf(notificationId);
    expect(urlOf(links)).toBe(`https://handoff.example/a/${token}`);
    expect(links.tokenOf(notificationId)).toBe(token);
    expect(links.notificationOf(token)).toBe(notificationId);
  });

  it('cannot be guessed from the id, nor changed into that of another', () => {
    const token = links.tokenOf(aDelivery().notification.notificationId);
    const other = Buffer.from(token, 'base64url');
    other[0] = (other[0] ?? 0) ^ 1;
    expect(links.notificationOf(other.toString('base64url'))).toBeNull();
    expect(links.notificationOf(token.slice(1))).toBeNull();
    expect(links.notificationOf('nonsense')).toBeNull();
    const foreign = new AcknowledgeLinks(KeyRing.parse(`x:${Buffer.alloc(32, 'x').toString('base64')}`), null);
    expect(foreign.notificationOf(token)).toBeNull();
  });

  it.each([
    ['only informs', { recipients: [aRecipient({ purpose: 'inform' })] }],
    ['tells of the end', { change: 'closed' }],
  ] as const)('is not in one that %s', (_what, overrides) => {
    expect(urlOf(links, overrides)).toBeNull();
  });

  it('is left out where the address of the service is not known', () => {
    expect(urlOf(new AcknowledgeLinks(KeyRing.parse(TEST_KEYS), null))).toBeNull();
  });
});
