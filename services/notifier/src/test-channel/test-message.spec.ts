import { letterMessageOf } from '../letters/letter-message.decision.js';
import type { ConfiguredChannel } from '../manage-channels/channel.js';
import { OWN_WORDS } from '../message/texts/words.js';
import { testLetter, testNotification, testRefusal } from './test-message.decision.js';

const channel = { channelId: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', destination: 'isv/contoso', kind: 'mail', address: 'Desk@contoso.example', enabled: true } as ConfiguredChannel;
const TEST_ID = '2b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';
const letter = testLetter(channel, { testId: TEST_ID, by: 'ada', at: '2026-11-02T08:00:00.000Z' });

describe('the test of a channel', () => {
  it('is a message by this channel alone, in its lane, about no ticket', () => {
    expect(testNotification(letter, 'mail')).toMatchObject({ notificationId: TEST_ID, about: 'channel-test', target: { channel: 'mail', channelId: channel.channelId, address: 'Desk@contoso.example' }, lane: 'mail:desk@contoso.example', planned: { state: 'pending' } });
  });

  it('says that it is one, by whom, and that nothing is to be done', () => {
    const { subjectLine, headline, sections } = letterMessageOf(testNotification(letter, 'mail'), letter, OWN_WORDS.en);
    expect([subjectLine, headline]).toEqual(['Test of a channel: mail isv/contoso', 'This is a test. It is about no ticket.']);
    expect(JSON.stringify(sections)).toMatch(/Nothing\. .*ada/);
  });

  it('is refused where it would open a ticket for good, and where nothing is sent', () => {
    expect([testRefusal({ kind: 'ticketing', enabled: true })?.code, testRefusal({ kind: 'webhook', enabled: false })?.code, testRefusal({ kind: 'webhook', enabled: true })]).toEqual(['channel-takes-tickets', 'channel-is-disabled', null]);
  });
});
