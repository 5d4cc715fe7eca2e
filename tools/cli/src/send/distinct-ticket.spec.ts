import { distinctDigits, distinctTicket, externalIdOf, RUN_NUMBER_MAX } from './distinct-ticket.js';
import { samplePayload } from './samples.js';

const FACTS = { at: '2026-11-01T09:00:00.000Z', eventId: 'event-1' };
const DISTINCTION = { digits: '4200000001', eventId: 'event-2' };

describe('distinct tickets of one payload', () => {
  it('gives a Jira issue another key, id and address', () => {
    const distinct = distinctTicket('jira', samplePayload('jira', FACTS), DISTINCTION);
    expect(distinct).toMatchObject({ webhookEvent: 'jira:issue_created', issue: { id: '4200000001', key: 'DEMO-4200000001', self: 'https://demo.atlassian.example/rest/api/2/issue/4200000001', fields: { project: { key: 'DEMO' } } } });
    expect(externalIdOf('jira', distinct)).toBe('DEMO-4200000001');
  });

  it("gives a Zendesk event another id and another ticket", () => {
    const distinct = distinctTicket('zendesk', samplePayload('zendesk', FACTS), DISTINCTION);
    expect(distinct).toMatchObject({ id: 'event-2', subject: 'zen:ticket:4200000001', detail: { id: '4200000001', priority: 'NORMAL' } });
    expect(externalIdOf('zendesk', distinct)).toBe('4200000001');
  });

  it('gives the body of a Zendesk trigger another ticket and link', () => {
    const distinct = distinctTicket('zendesk', { ticket_id: '7', ticket_title: 'Late', ticket_url: 'woodgrove.zendesk.example/agent/tickets/7' }, DISTINCTION);
    expect(distinct).toEqual({ ticket_id: '4200000001', ticket_title: 'Late', ticket_url: 'woodgrove.zendesk.example/agent/tickets/4200000001' });
  });

  it("gives a ticket in Handoff's own format another external id", () => {
    expect(distinctTicket('standard-webhooks', { externalId: 'SUP-12', subject: 'Late' }, DISTINCTION)).toEqual({ externalId: 'SUP-4200000001', subject: 'Late' });
  });

  it('leaves the given payload as it is', () => {
    const payload = samplePayload('jira', FACTS);
    distinctTicket('jira', payload, DISTINCTION);
    expect(payload).toEqual(samplePayload('jira', FACTS));
  });

  it('says when there is no id to make distinct', () => {
    expect(distinctTicket('jira', { webhookEvent: 'project_created' }, DISTINCTION)).toBeNull();
    expect(distinctTicket('zendesk', { title: 'Late' }, DISTINCTION)).toBeNull();
    expect(distinctTicket('standard-webhooks', {}, DISTINCTION)).toBeNull();
  });

  it('numbers tickets so that a system which reads ids as numbers keeps them apart', () => {
    expect(distinctDigits(42, 1)).toBe('4200000001');
    expect(Number.isSafeInteger(Number(distinctDigits(RUN_NUMBER_MAX, 99_999_999)))).toBe(true);
  });
});
