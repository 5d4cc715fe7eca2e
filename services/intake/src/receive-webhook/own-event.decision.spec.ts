import { markText } from '@handoff/contracts';
import type { ReportedTicket } from '../adapters/adapter.js';
import { ownEventReason } from './own-event.decision.js';

const own = { ownActors: ['8447388090494'], installation: 'northwind' };
const mark = (installation: string): string => markText('The invoice doubled.', { installation, ticketId: '3a1f0f6e-7c0e-5f0a-9b1e-0d6a7f3c2b11' });
const aTicket = (parts: Partial<ReportedTicket>): ReportedTicket => ({ externalId: 'T-1', externalUrl: null, change: 'updated', occurredAt: '2026-11-02T08:00:00.000Z', fields: {}, ...parts });

describe('what Handoff itself caused in a system', () => {
  it.each<[string, Partial<ReportedTicket>]>([
    ['by the id under which it writes', { actor: '8447388090494' }],
    ['by the mark of a ticket that it made', { fields: { subject: 'x', description: mark('northwind') } }],
    ['by the mark of a copy, whoever changes it', { actor: '7', fields: { status: 'open', description: `<p>${mark('northwind')}</p>` } }],
    ['by the mark of a comment', { change: 'commented', fields: { comment: { author: null, body: mark('northwind'), isPublic: true } } }],
    ['by the mark in a subject', { fields: { subject: mark('northwind') } }],
  ])('is known %s', (_how, parts) => {
    expect(ownEventReason(aTicket(parts), own)).toMatch(/\.$/);
  });

  it.each<[string, Partial<ReportedTicket>]>([
    ['a person', { actor: '7', fields: { description: 'It fails.' } }],
    ['nobody that is named', { fields: { description: null } }],
    ['a person who quotes it', { change: 'commented', fields: { comment: { author: 'Ada', body: `Thanks.\n> ${mark('northwind')}`, isPublic: true } } }],
    ['another installation', { fields: { description: mark('fabrikam') } }],
  ])('is not what was caused by %s', (_who, parts) => {
    expect(ownEventReason(aTicket(parts), own)).toBeNull();
  });
});
