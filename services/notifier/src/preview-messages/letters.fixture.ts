import { GOLDEN_EVENTS } from '@handoff/contracts';
import { healthNoticeLetter } from '../letters/health-notice.decision.js';
import type { Letter } from '../letters/letter.js';

const thread = { ticketId: '3b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', ticketVersion: 1 };
const held = { ...thread, suppressionId: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', reason: 'The desk moves house.', until: '2026-11-02T09:00:00.000Z' };
const outage = healthNoticeLetter(GOLDEN_EVENTS['handoff.health-notice.affected.v1']);
const channel = {
  about: 'channel', ...thread, channelId: held.suppressionId, destination: 'isv/contoso', kind: 'webhook', address: 'https://hooks.contoso.example/in', failingSince: '2026-11-01T09:00:00.000Z', at: '2026-11-02T09:00:00.000Z',
  detail: 'The destination answered 500.',
} as const;

/** Letters of each kind; a new kind does not compile without. */
export const SAMPLE_LETTERS: { readonly [About in Letter['about']]: readonly Extract<Letter, { readonly about: About }>[] } = {
  'health-notice': [
    { ...outage, customersTotal: 1_201 },
    { ...outage, noticeVersion: 2, isFirst: false, summary: 'It works in part.' },
    { ...outage, noticeVersion: 3, isFirst: false, endedAt: '2026-11-02T10:00:00.000Z', customers: [], customersTotal: 0 },
  ],
  summary: [{ about: 'summary', ...held, from: '2026-11-02T08:00:00.000Z', total: 12, items: [{ notificationId: 'n', subjectLine: '[B] Sign-in fails (A)', headline: 'A new ticket is yours to act on.', url: 'https://northwind.example/browse/A' }] }],
  suppression: [{ about: 'suppression', ...held, what: 'messages to isv/contoso', author: 'ada', held: 4 }],
  channel: [{ ...channel, what: 'warning', disabledFrom: '2026-11-06T09:00:00.000Z' }, { ...channel, what: 'disabled', disabledFrom: null }],
  'channel-test': [{ about: 'channel-test', ...thread, channelId: channel.channelId, destination: channel.destination, kind: channel.kind, address: channel.address, by: 'ada', at: channel.at }],
  bundle: [{
    about: 'bundle', ticketId: held.ticketId, ticketVersion: 1, name: 'Contoso Software', at: '2026-11-02T08:00:00.000Z', total: 2,
    items: ['A', 'B'].map((number) => ({ notificationId: number, subjectLine: `[B] Sign-in fails (${number})`, headline: 'A new ticket is yours to act on.', url: `https://northwind.example/browse/${number}`, isToAct: true, acknowledgeUrl: 'https://handoff.example/a/preview' })),
  }],
};
