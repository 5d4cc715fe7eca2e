import { describeTicketingSystem, type TicketingCase } from '../ticketing/ticketing-system.contract.js';
import { openZendesk, ZENDESK_CLIENT, ZENDESK_CREDENTIALS } from './zendesk.server.fixture.js';

const byToken: TicketingCase = {
  system: 'zendesk', open: openZendesk, credentials: () => ZENDESK_CREDENTIALS, wrongCredentials: () => ({ ...ZENDESK_CREDENTIALS, apiToken: 'another-token' }),
  settings: { groupId: 7, tags: ['handoff'], type: 'incident', requester: { email: 'handoff@contoso.example', name: 'Handoff' }, customFields: [{ id: 360, value: 'crm' }] },
  wrongSettings: { groupId: 8 }, refusedSettings: [[{ groupId: 'seven' }, '/settings/groupId'], [{ tags: ['two words'] }, '/settings/tags/0'], [{ priorities: { A: 'blocker' } }, '/settings/priorities/A']],
  priorities: { A: 'urgent', B: 'high' },
};

describeTicketingSystem('Zendesk, by an API token', byToken);
describeTicketingSystem('Zendesk, by an OAuth client', {
  ...byToken, credentials: () => ZENDESK_CLIENT, wrongCredentials: () => ({ ...ZENDESK_CLIENT, clientSecret: 'another-secret' }), isSignIn: ({ path }) => path === '/oauth/tokens',
  settings: { priorities: { A: 'high', B: 'low' } }, priorities: { A: 'high', B: 'low' },
});
