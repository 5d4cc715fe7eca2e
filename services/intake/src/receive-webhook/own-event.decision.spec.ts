import { markText } from '@handoff/contracts';
import type { ReportedTicket } from '../adapters/adapter.js';
import { isCopy, ownEventReason } from './own-event.decision.js';

const own = { ownActors: ['8447388090494'], installation: 'northwind' };
const origin = (installation: string) => ({ installation, ticketId: '3a1f0f6e-7c0e-5f0a-9b1e-0d6a7f3c2b11' });
const mark = (installation: string): string => markText('The invoice doubled.', origin(installation));
const aTicket = (parts: Partial<ReportedTicket>): ReportedTicket => ({ externalId: 'T-1', externalUrl: null, change: 'updated', occurredAt: '2026-11-02T08:00:00.000Z', fields: {}, ...parts });

describe('what Handoff itself caused in a system', () => {
  it.each<[string, Partial<ReportedTicket>]>([
    ['by the id under which it writes', { actor: '8447388090494' }],
    ['by the mark of a ticket that it made', { change: 'created', fields: { subject: 'x', description: `<p>${mark('northwind')}</p>` } }],
    ['by the mark of what another installation passes on', { change: 'commented', fields: { comment: { author: null, body: markText('It is mended.', origin('fabrikam'), [origin('northwind')]), isPublic: true } } }],
    ['by the mark of a comment', { change: 'commented', fields: { comment: { author: null, body: mark('northwind'), isPublic: true } } }],
    ['by the mark in a subject', { change: 'created', fields: { subject: mark('northwind') } }],
  ])('is known %s', (_how, parts) => {
    expect(ownEventReason(aTicket(parts), own)).toMatch(/\.$/);
  });

  it.each<[string, Partial<ReportedTicket>]>([
    ['a person', { actor: '7', fields: { description: 'It fails.' } }],
    ['a person who works on a copy', { actor: '7', fields: { status: 'open', description: mark('northwind') } }],
    ['nobody that is named', { fields: { description: null } }],
    ['a person who quotes it', { change: 'commented', fields: { comment: { author: 'Ada', body: `Thanks.\n> ${mark('northwind')}`, isPublic: true } } }],
    ['another installation', { fields: { description: mark('fabrikam') } }],
  ])('is not what was caused by %s', (_who, parts) => {
    expect(ownEventReason(aTicket(parts), own)).toBeNull();
  });
});

it('is a copy when its text carries our mark, or when its source has nothing else', () => {
  const facts = { copiesOnly: false, installation: 'northwind' };
  expect([aTicket({ fields: { description: `<p>${mark('northwind')}</p>` } }), aTicket({ fields: { subject: mark('northwind') } })].map((ticket) => isCopy(ticket, facts))).toEqual([true, true]);
  expect([aTicket({ fields: { description: mark('fabrikam') } }), aTicket({}), aTicket({ fields: { description: `See below.\n${mark('northwind')}` } })].map((ticket) => isCopy(ticket, facts))).toEqual([false, false, false]);
  expect(isCopy(aTicket({}), { ...facts, copiesOnly: true })).toBe(true);
});
