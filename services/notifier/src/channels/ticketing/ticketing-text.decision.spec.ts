import { messageOf } from '../../message/content.decision.js';
import { aDelivery, aRoutedEvent } from '../../notification/notification.builders.js';
import { fitted, fittedBytes, fittedSubject, newTicketOf, noteOf, referenceOf } from './ticketing-text.decision.js';

const CHANNEL = '0f8fad5b-d9cb-469f-a165-70867728950e';
const WRITER = { installation: 'northwind', channelId: CHANNEL };
const message = messageOf(aDelivery(aRoutedEvent({ change: 'commented', previousQueue: 'isv/contoso', ticket: { description: 'Error 500.', comment: { author: 'Ada', body: 'Since Monday.', isPublic: true } } })));
const note = { body: `${'ö'.repeat(3_000)} end`, shortened: '… (shortened)', mark: 'Handoff: handoff-1, 2' };

describe('what a ticket in a contact\'s system says', () => {
  it('is all of the message when it is opened, and the news in a note', () => {
    const opening = newTicketOf(message, WRITER).text.body;
    const news = noteOf(message, WRITER).body;
    expect([opening, news].map((text) => ['Error 500.', 'Since Monday.', 'User guide', 'How it was decided'].filter((part) => text.includes(part)))).toEqual([['Error 500.', 'Since Monday.', 'User guide', 'How it was decided'], ['Since Monday.']]);
  });

  it('has a reference of channel and ticket, and a mark of the message', () => {
    expect(referenceOf(CHANNEL, message.ticketId)).toMatch(/^handoff-[0-9a-f-]{36}$/);
    expect(referenceOf(CHANNEL, message.ticketId)).not.toBe(referenceOf(message.ticketId, CHANNEL));
    expect(noteOf(message, WRITER).mark).toBe(`Handoff: ${referenceOf(CHANNEL, message.ticketId)}, ${message.notificationId}`);
  });

  it('is cut where it is too long, and never in its mark', () => {
    const cut = fitted(note, 200);
    expect(cut).toHaveLength(200);
    expect(cut).toMatch(/ö\n… \(shortened\)\n\nHandoff: handoff-1, 2$/);
    expect(fitted({ ...note, body: 'short' }, 200)).toBe('short\n\nHandoff: handoff-1, 2');
  });

  it.each([500, 4_000, 100_000])('is cut to %i bytes where bytes are counted', (bytesMax) => {
    const cut = fittedBytes(note, bytesMax);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytesMax);
    expect(Buffer.byteLength(cut)).toBeGreaterThan(Math.min(bytesMax, Buffer.byteLength(note.body)) * 0.95);
    expect(cut.endsWith(note.mark)).toBe(true);
  });

  it('keeps the number at the end of its subject', () => {
    const subject = `[B] ${'Sign-in fails '.repeat(20)}(SUP-12)`;
    expect(fittedSubject(subject, 100)).toMatch(/^\[B\] Sign-in fails .+… \(SUP-12\)$/);
    expect(fittedSubject(subject, 100).length).toBeLessThanOrEqual(100);
    expect(fittedSubject('[B] Short (SUP-12)', 100)).toBe('[B] Short (SUP-12)');
    expect(fittedSubject('x'.repeat(300), 100)).toHaveLength(100);
  });
});
