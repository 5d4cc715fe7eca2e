import type { Recipient } from '@handoff/contracts';
import { mailBodyOf } from '../channels/mail/mail-body.decision.js';
import { aDelivery, aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import { messageOf, subjectLineOf } from './content.decision.js';

type Overrides = Parameters<typeof aRoutedEvent>[0];
const partner: Partial<Recipient> = { party: { role: 'direct-bill-partner', partyId: '3001' }, destination: 'partner/3001', partyName: 'Adatum Cloud', email: 'support@adatum.example' };
const tell = (overrides: Overrides = {}, recipient: Partial<Recipient> = {}) => messageOf(aDelivery(aRoutedEvent({ recipients: [aRecipient(recipient)], ...overrides })));

describe('the subject of a ticket', () => {
  it('has severity, subject and number', () => {
    expect(subjectLineOf(aRoutedEvent().data)).toBe('[B] Sign-in fails (SUP-12)');
  });

  it('has no severity where there is none, is one line, and stays short', () => {
    const line = subjectLineOf(aRoutedEvent({ ticket: { severity: null, subject: `Broken\r\nBcc: all@contoso.example ${'x'.repeat(500)}` } }).data);
    expect(line).toMatch(/^Broken Bcc: all@contoso\.example x+… \(SUP-12\)$/);
    expect(line.length).toBeLessThanOrEqual(204);
  });
});

describe('what a contact is told', () => {
  it.each([
    ['a new ticket to act on', {}, {}, 'A new ticket is yours to act on.'],
    ['a ticket that moved to it', { previousQueue: 'partner/3001' }, {}, 'A ticket has come to you.'],
    ['an update', { change: 'updated', previousQueue: 'isv/contoso' }, {}, 'A ticket that is with you was updated.'],
    ['a comment', { change: 'commented', previousQueue: 'isv/contoso' }, {}, 'A ticket that is with you has a new comment.'],
    ['the end', { change: 'closed', previousQueue: 'isv/contoso' }, {}, 'A ticket that was with you is closed.'],
    ['what is only for its information', {}, { purpose: 'inform' }, 'For your information: there is a new ticket.'],
    ['what it must hand over', {}, { purpose: 'hand-over' }, 'A ticket needs you to hand it over to Microsoft.'],
  ] as const)('%s', (_what, overrides, recipient, headline) => {
    expect(tell(overrides, recipient).headline).toBe(headline);
  });

  it('says whose turn it is, and names the responsible where that is another', () => {
    expect(tell({ recipients: [aRecipient({ ...partner, purpose: 'act' }), aRecipient({ purpose: 'inform' })] }).turn).toEqual(['It is your turn (Adatum Cloud).', 'You are the first contact; responsible is the publisher Contoso Software.']);
    expect(tell({}, { ...partner, purpose: 'inform' }).turn).toEqual(['It is the turn of the publisher contoso.']);
  });

  it('names who comes next, and nobody who was asked before', () => {
    const escalation = [{ role: 'isv-publisher', partyId: 'contoso' }, { role: 'direct-bill-partner', partyId: '3001' }, { role: 'microsoft' }] as const;
    const next = (recipient: Partial<Recipient>) => tell({ decision: { escalation } }, recipient).toDo.at(-1);
    expect(next({})).toBe('If you cannot resolve it, escalate to the direct-bill partner 3001.');
    expect(next(partner)).toBe('If you cannot resolve it, escalate to Microsoft.');
  });

  it.each([
    ['who is responsible', {}, {}, 'You are told because you are responsible. This went to you as: Customer support (Contoso Software).'],
    ['the first contact', {}, { ...partner, contactKind: 'payment' }, 'You are told because you are the first contact, before whoever is responsible. This went to you as: payment (Adatum Cloud).'],
    ['who hands over', {}, { ...partner, purpose: 'hand-over', contactKind: 'default' }, 'You are told because Microsoft is responsible and takes tickets from you only: a customer or a reseller cannot ask Microsoft. This went to you as: General contact (Adatum Cloud).'],
    ['who is informed', {}, { ...partner, purpose: 'inform', partyName: null }, 'You are told because the ticket concerns you. This went to you as: Customer support.'],
    ['both of two who share the work', { decision: { responsible: { role: 'shared', parties: [{ role: 'isv-publisher', partyId: 'contoso' }, { role: 'indirect-provider', partyId: '1001' }] } } }, {}, 'You are told because you are responsible together with others. This went to you as: Customer support (Contoso Software).'],
  ] as const)('says why %s gets it', (_who, overrides, recipient, whyYou) => {
    expect(tell(overrides, recipient).whyYou).toBe(whyYou);
  });

  it('says nothing is to do for a closed ticket or for information', () => {
    expect(tell({ change: 'closed' }).toDo).toEqual([]);
    expect(tell({}, { purpose: 'inform' }).toDo).toEqual(['You need not do anything.']);
  });

  it('asks whoever hands over to Microsoft for a service request, and for its number', () => {
    const steps = tell({ ticket: { area: 'commerce-transaction', severity: 'A' } }, { ...partner, purpose: 'hand-over' }).toDo.join('\n');
    expect(steps).toBe('Open a service request with Microsoft in Partner Center, as it is prepared below.\nEnter its number when you acknowledge the ticket, so that all can follow it.');
  });

  it('speaks of nobody where nobody is responsible', () => {
    expect(tell({ decision: { responsible: null, firstContact: null } }, { purpose: 'inform' }).decision).toMatchObject({ responsible: 'nobody yet', firstContact: 'nobody yet' });
  });
});

describe('what a contact is told of a ticket that nobody acknowledged', () => {
  const acknowledgeBy = '2026-11-02T09:00:00.000Z';
  const escalated = (escalation: 'reminder' | 'next-party' | 'accountable', recipient: Partial<Recipient> = {}) => {
    const { notification, routed, subjectLine } = aDelivery(aRoutedEvent({ acknowledgeBy, change: 'updated', previousQueue: 'isv/contoso', recipients: [aRecipient(recipient)] }));
    return messageOf({ notification, subjectLine, routed: { ...routed, escalation } }, { acknowledgeUrl: 'https://handoff.example/a/token' });
  };

  it('is a reminder for those who were asked, with the time after which others are', () => {
    const { headline, turn, toDo } = escalated('reminder');
    expect(headline).toBe('Reminder: nobody has acknowledged a ticket that is with you.');
    expect(turn).toEqual(['It is your turn (Contoso Software).']);
    expect(toDo[0]).toBe('Acknowledge the ticket by 2 November 2026 at 09:00 UTC; after that others are asked.');
  });

  it('says to who is asked next whose turn it was, and what to do', () => {
    const { headline, turn, toDo } = escalated('accountable', partner);
    expect(headline).toBe('A ticket of a customer of yours comes to you, because nobody has acknowledged it in time.');
    expect(turn).toEqual(['It is your turn now (Adatum Cloud).', 'It was the turn of the publisher contoso, who was to acknowledge it by 2 November 2026 at 09:00 UTC and has not.']);
    expect(toDo[0]).toBe('Acknowledge the ticket, so that nobody else is asked, and see to it that somebody works on it.');
  });

  it('has the link in every form of the message', () => {
    const message = escalated('next-party', partner);
    expect(mailBodyOf(message).text).toContain('https://handoff.example/a/token');
    expect(mailBodyOf(message).html).toContain('<a href="https://handoff.example/a/token"');
  });
});

describe('what a contact may see', () => {
  it('names the requester to who must act and to CSP partners, not to a publisher that is only informed', () => {
    expect(tell({}, { purpose: 'act' }).ticket.requesterName).toBe('Ada');
    expect(tell({}, { ...partner, purpose: 'inform' }).ticket.requesterName).toBe('Ada');
    expect(tell({}, { purpose: 'inform' }).ticket).toMatchObject({ requesterName: null, customerId: null, subscriptionId: null });
  });

  it('shows contacts only as far as the decision lets this recipient', () => {
    const others = [aRecipient({ ...partner, purpose: 'inform', mayContact: [{ kind: 'engineering', partyName: 'Contoso', for: 'csp-partner', email: 'engineering@contoso.example' }] })];
    const message = tell({ recipients: [aRecipient(), ...others] });
    expect(message.contacts).toEqual([]);
    expect(JSON.stringify([message, mailBodyOf(message)])).not.toMatch(/engineering@contoso|support@adatum/);
  });

  it('passes on public comments and keeps internal notes', () => {
    const comment = { author: 'Ada', body: 'Still broken', isPublic: true };
    expect(tell({ ticket: { comment } }).ticket.comment).toEqual({ author: 'Ada', body: 'Still broken' });
    expect(tell({ ticket: { comment: { ...comment, isPublic: false } } }).ticket.comment).toBeNull();
  });
});

describe('the mail', () => {
  const message = tell({
    ticket: { subject: '<script>alert(1)</script>', description: 'Line 1\nLine "2" & <b>', externalUrl: 'javascript:alert(1)' },
    decision: { documents: [{ title: 'User guide <1>', url: 'https://docs.contoso.example/crm?a=1&b=2' }] },
  }, { mayContact: [{ kind: 'customer-support', partyName: 'Contoso', for: 'customer', url: 'https://support.contoso.example' }] });
  const { text, html } = mailBodyOf(message);

  it('links the documents of the offer in both bodies', () => {
    expect(text).toContain('User guide <1>: https://docs.contoso.example/crm?a=1&b=2');
    expect(html).toMatch(/<a href="https:\/\/docs\.contoso\.example\/crm\?a=1&amp;b=2"[^>]*>User guide &lt;1&gt;<\/a>/);
  });

  it('escapes what others wrote, and makes no link of a script', () => {
    expect(html).not.toMatch(/<script|<b>|href="javascript/);
    expect(html).toContain('Line &quot;2&quot; &amp; &lt;b&gt;');
    expect(text).toContain('> Line 1\n> Line "2" & <b>');
  });

  it('gives reasons with their sources, and the contacts with what they are for', () => {
    expect(text).toContain('Faults of the product are for its publisher. (Source: Support for commercial marketplace products in the CSP program)');
    expect(text).toContain('Customer support (Contoso): https://support.contoso.example (You may pass this on to the customer.)');
  });

  it.each(['act', 'inform', 'hand-over'] as const)('has the document links also when its purpose is %s', (purpose) => {
    const body = mailBodyOf(tell({}, { purpose }));
    expect(body.text).toContain('User guide: https://docs.contoso.example/crm');
    expect(body.html).toMatch(/<a href="https:\/\/docs\.contoso\.example\/crm"[^>]*>User guide<\/a>/);
  });
});
