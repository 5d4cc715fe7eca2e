import { mailBodyOf } from '../channels/mail/mail-body.decision.js';
import { slackMessageOf } from '../channels/slack/slack-message.decision.js';
import { teamsMessageOf } from '../channels/teams/teams-card.decision.js';
import { payloadOf } from '../channels/webhook/webhook.payload.js';
import { type Language, OWN_WORDS } from '../message/texts/words.js';
import { aRoutedEvent, planned } from '../notification/notification.builders.js';
import type { ChannelLetter, SummaryLetter, SuppressionLetter } from './letter.js';
import { letterMessageOf } from './letter-message.decision.js';

const thread = { ticketId: '3b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', ticketVersion: 1 };
const summary: SummaryLetter = {
  about: 'summary', ...thread, suppressionId: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', reason: 'The desk moves house.', from: '2026-11-02T08:00:00.000Z', until: '2026-11-02T09:00:00.000Z', total: 12,
  items: [{ notificationId: 'n', subjectLine: '[B] <Sign-in> fails (A)', headline: 'A new ticket is yours to act on.', url: 'https://northwind.example/browse/A' }],
};
const ending: SuppressionLetter = { about: 'suppression', ...thread, suppressionId: summary.suppressionId, what: 'messages to isv/contoso', reason: 'The desk moves house.', author: 'ada', until: '2026-11-02T09:00:00.000Z', held: 4 };
const messageOf = (letter: SummaryLetter | SuppressionLetter | ChannelLetter, language: Language = 'en') => letterMessageOf({ ...planned(aRoutedEvent()), about: letter.about, ...thread }, letter, OWN_WORDS[language]);

describe('a summary', () => {
  it('says how much was held and why, and names each with its link, in every form', () => {
    const message = messageOf(summary);
    const { text, html } = mailBodyOf(message);
    expect(text).toContain('12 messages to you were held');
    expect(text).toContain('[B] <Sign-in> fails (A): https://northwind.example/browse/A (A new ticket is yours to act on.)');
    expect(text).toContain('and 11 more before them');
    expect(text).toContain('You get it because');
    expect(html).toMatch(/<a [^>]*href="https:\/\/northwind\.example\/browse\/A"[^>]*>\[B\] &lt;Sign-in&gt; fails \(A\)<\/a>/);
    for (const body of [JSON.stringify(slackMessageOf(message)), teamsMessageOf(message)]) expect(body).toContain('https://northwind.example/browse/A');
  });

  it('is in the language of its contact', () => {
    expect(mailBodyOf(messageOf(summary, 'tr')).text).toContain('12 ileti bekletildi');
  });

  it('is of a type of its own for programs', () => {
    expect(JSON.parse(payloadOf(messageOf(summary)))).toMatchObject({ type: 'handoff.summary.v1', timestamp: summary.until, data: { suppressionId: summary.suppressionId, total: 12, items: summary.items } });
    expect(payloadOf(messageOf(summary))).not.toContain('ticketId');
  });
});

describe('the notice that a channel fails', () => {
  const failing: ChannelLetter = {
    about: 'channel', ...thread, what: 'warning', channelId: '5b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', destination: 'isv/contoso', kind: 'webhook', address: 'https://hooks.contoso.example/in',
    failingSince: '2026-10-30T08:00:00.000Z', at: '2026-11-01T20:00:00.000Z', detail: 'The receiver answered HTTP 500', disabledFrom: '2026-11-04T08:00:00.000Z',
  };

  it('says since when, and when it is disabled if that goes on', () => {
    const { text } = mailBodyOf(messageOf(failing));
    for (const part of ['disabled from 4 November 2026 at 08:00 UTC', 'Channel: webhook isv/contoso', 'Fails since: 30 October 2026 at 08:00 UTC', 'Last attempt: The receiver answered HTTP 500']) expect(text).toContain(part);
  });

  it('says that it is disabled, and what to do then', () => {
    const { text } = mailBodyOf(messageOf({ ...failing, what: 'disabled', disabledFrom: null }));
    for (const part of ['A channel was disabled', 'enable the channel. Then send what it missed again']) expect(text).toContain(part);
  });
});

describe('the warning before a suppression ends', () => {
  it('says what ends when, what it holds, and what can be done', () => {
    const { text } = mailBodyOf(messageOf(ending));
    for (const part of ['Messages are held until 2 November 2026 at 09:00 UTC', 'Holds: messages to isv/contoso', 'Reason: The desk moves house.', 'Author: ada', 'Held so far: 4', 'create another one before this one ends']) expect(text).toContain(part);
  });
});
