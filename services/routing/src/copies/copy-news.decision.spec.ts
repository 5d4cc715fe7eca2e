import type { TicketFields } from '@handoff/contracts';
import type { Response } from '../acknowledge/response.js';
import { isWith, newsOfCopy } from './copy-news.decision.js';

const news = (system: string, ticket: TicketFields, change: 'updated' | 'commented' | 'closed' = 'updated') => newsOfCopy({ change, ticket }, system);

describe('what an event of a copy says about its ticket', () => {
  it.each([
    ['zendesk', 'open'], ['zendesk', 'PENDING'], ['zendesk', 'hold'], ['zammad', 'open'], ['zammad', 'pending reminder'], ['servicenow', 'In Progress'], ['connectwise-psa', 'Assigned'], ['autotask', 'Accepted'],
    ['jira-service-management', 'Work in progress'], ['jira-service-management', ' Waiting for customer '], ['halopsa', 'With User'], ['salesforce', 'Working'], ['freshdesk', 'Waiting on Customer'], ['dynamics-365', 'Researching'],
  ])('in %s is that somebody works on it, by the status %s', (system, status) => {
    expect(news(system, { status })).toEqual({ comment: null, isAccepted: true, isDone: false });
  });

  it.each([
    ['zendesk', 'new'], ['zammad', 'new'], ['freshdesk', 'Open'], ['dynamics-365', 'In Progress'], ['servicenow', 'New'], ['connectwise-psa', 'New'], ['jira-service-management', 'Open'], ['jira-service-management', 'Waiting for support'], ['salesforce', 'New'], ['servicenow', 'Not in progress'],
  ])('in %s is nothing, by the status %s that a new ticket may have', (system, status) => {
    expect(news(system, { status })).toEqual({ comment: null, isAccepted: false, isDone: false });
  });

  it('is what was written for others to read, with its attachments, and nothing of what is internal', () => {
    const attachments = [{ name: 'log.txt', url: 'https://desk.example/7' }];
    expect(news('zendesk', { comment: { author: 'Ben', body: 'It is mended.', isPublic: true }, attachments }, 'commented').comment).toEqual({ author: 'Ben', body: 'It is mended.', attachments });
    expect(news('zendesk', { comment: { author: 'Ben', body: 'Look at the cluster.', isPublic: false }, attachments }, 'commented').comment).toBeNull();
    expect(news('zendesk', { comment: { author: 'Ben', body: ' ', isPublic: true } }, 'commented').comment).toBeNull();
  });

  it('is that it is done, and not that somebody begins', () => {
    expect(news('zammad', { status: 'open' }, 'closed')).toMatchObject({ isDone: true, isAccepted: false });
  });
});

describe('the end of a copy', () => {
  const response = { asked: ['isv/contoso'], steps: [{ step: 'next-party', at: '2026-11-02T10:00:00.000Z', destinations: ['partner/3001'] }] } as unknown as Response;

  it.each([[response, 'isv/contoso', true], [response, 'partner/3001', true], [response, 'isv/fabrikam', false], [undefined, 'isv/contoso', false]])('counts while the ticket is with its contact', (known, destination, expected) => {
    expect(isWith(known, destination)).toBe(expected);
  });
});
