import { KeyRing } from '@handoff/secrets';
import { TEST_KEYS } from '@handoff/testing';
import { aDelivery } from '../notification/notification.builders.js';
import { MailAddresses } from './mail-addresses.js';

const addresses = new MailAddresses(KeyRing.parse(TEST_KEYS), 'Reply.Handoff.example', 'handoff@reply.handoff.example');
const { notificationId } = aDelivery().notification;

describe('the addresses of a message', () => {
  it.each(['reply', 'bounce'] as const)('lead back to it: %s, in whatever case a mail server writes it', (kind) => {
    const address = kind === 'reply' ? addresses.replyAddressOf(notificationId) : addresses.bounceAddressOf(notificationId);
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
    expect(addresses.find(address)).toEqual({ kind, notificationId });
    expect(addresses.find(address.toUpperCase())).toEqual({ kind, notificationId });
  });

  it('cannot be guessed, changed, or used for the other purpose', () => {
    const address = addresses.replyAddressOf(notificationId);
    const foreign = new MailAddresses(KeyRing.parse(`x:${Buffer.alloc(32, 'x').toString('base64')}`), 'reply.handoff.example');
    const forged = [
      address.replace('reply+', 'bounce+'), address.replace('reply+', 'answer+'), address.replace('@Reply.', '@other.'), address.replace(/.@/, '@'), `x${address}`, 'reply@reply.handoff.example', 'reply+@reply.handoff.example', '@reply.handoff.example', '',
      foreign.replyAddressOf(notificationId),
      ...Array.from({ length: 52 }, (_, index) => 6 + index).map((place) => `${address.slice(0, place)}${address[place] === 'a' ? 'b' : 'a'}${address.slice(place + 1)}`),
    ];
    expect(forged.filter((one) => addresses.find(one) !== null)).toEqual([]);
  });

  it.each(['bounce@reply.handoff.example', 'Handoff@reply.handoff.example'])('take reports of servers that name no message: %s', (address) => {
    expect(addresses.find(address)).toEqual({ kind: 'bounce', notificationId: null });
  });
});
