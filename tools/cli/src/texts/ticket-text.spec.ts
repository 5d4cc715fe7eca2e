import { paintFor } from '../format.js';
import { ticketLines, ticketTable } from './ticket-text.js';

const PLAIN = paintFor(false);
const TICKET = { ticketId: 'ticket-1', ticketVersion: 2, source: 'jira-demo', externalId: 'DEMO-1', externalUrl: null, subject: 'Wrong invoice', status: 'Open', area: null, severity: 'B', queue: 'triage', decision: { responsible: null, queue: 'triage' }, decidedAt: '2026-11-01T09:00:00Z', parked: [] };

describe('a ticket in words', () => {
  it('shows each notification with its attempts', () => {
    const notification = { state: 'failed', purpose: 'act', channel: 'email', partyName: 'Fabrikam Reseller', address: 'desk@fabrikam.example', attempts: [{ attempt: 1, at: '2026-11-01T09:00:01Z', outcome: 'failed', code: 'rejected', detail: '550 no such mailbox', durationMs: 12 }] };
    expect(ticketLines(TICKET, [notification], PLAIN).slice(-3)).toEqual([
      'Notifications',
      '  failed  act by email to Fabrikam Reseller, desk@fabrikam.example',
      '      attempt 1 2026-11-01T09:00:01Z failed in 12 ms: rejected, 550 no such mailbox',
    ]);
  });

  it('tells when a waiting notification is tried next', () => {
    const lines = ticketLines(TICKET, [{ state: 'pending', channel: 'webhook', destination: 'partner/2002', nextAttemptAt: '2026-11-01T09:05:00Z', attempts: [] }], PLAIN);
    expect(lines.slice(-2)).toEqual(['  pending  act by webhook to partner/2002', '      next attempt 2026-11-01T09:05:00Z']);
  });

  it('says that there are no notifications, and is silent where they could not be read', () => {
    expect(ticketLines(TICKET, [], PLAIN).at(-1)).toBe('Notifications  none');
    expect(ticketLines(TICKET, null, PLAIN).join('\n')).not.toContain('Notifications');
  });

  it('says what the decision lacked, and what to do about it', () => {
    const gaps = [{ code: 'offer-unknown', kind: 'offer', key: 'x', queue: 'unassigned', reason: 'The directory has no offer x.', remedy: 'Enter the offer x.' }];
    const lines = ticketLines({ ...TICKET, decision: { ...TICKET.decision, gaps } }, null, PLAIN);
    expect(lines.slice(-3)).toEqual(['Missing', '  - The directory has no offer x.', '    Remedy: Enter the offer x.']);
    expect(ticketLines(TICKET, null, PLAIN)).not.toContain('Missing');
  });

  it('shows events that wait behind a failure', () => {
    const lines = ticketLines({ ...TICKET, parked: [{ code: 'unknown-offer', detail: 'There is no such offer.' }] }, null, PLAIN);
    expect(lines.slice(-2)).toEqual(['Parked events wait behind a failure', '  - unknown-offer: There is no such offer.']);
  });

  it('lists tickets as a table', () => {
    expect(ticketTable([TICKET])).toEqual([
      'TICKET    QUEUE   SOURCE     NAME THERE  AREA  SEV  SUBJECT',
      'ticket-1  triage  jira-demo  DEMO-1      -     B    Wrong invoice',
    ]);
    expect(ticketTable([])).toEqual(['No ticket fits.']);
  });
});
