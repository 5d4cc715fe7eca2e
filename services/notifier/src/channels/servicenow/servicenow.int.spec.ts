import { describeTicketingSystem, type TicketingCase } from '../ticketing/ticketing-system.contract.js';
import { GROUP, openServiceNow, SERVICENOW_CLIENT, SERVICENOW_USER } from './servicenow.server.fixture.js';

const byUser: TicketingCase = {
  system: 'servicenow', open: openServiceNow, credentials: () => SERVICENOW_USER, wrongCredentials: () => ({ ...SERVICENOW_USER, password: 'another-password' }),
  settings: { assignmentGroup: GROUP, callerId: GROUP, category: 'software', fields: { u_team: 7 } }, wrongSettings: { fields: { u_unknown: 'x' } },
  refusedSettings: [[{ assignmentGroup: 'Support' }, '/settings/assignmentGroup'], [{ table: 'incident/1' }, '/settings/table'], [{ priorities: { A: '1' } }, '/settings/priorities/A'], [{ fields: { 'a/b': 'x' } }, '/settings/fields/a/b']],
  priorities: { A: '1/1', B: '2/2' },
};

describeTicketingSystem('ServiceNow, by a user', byUser);
describeTicketingSystem('ServiceNow, by an OAuth client', {
  ...byUser, credentials: () => SERVICENOW_CLIENT, wrongCredentials: () => ({ ...SERVICENOW_CLIENT, clientSecret: 'another-secret' }), isSignIn: ({ path }) => path === '/oauth_token.do',
  settings: { priorities: { A: { impact: '1', urgency: '2' } } }, priorities: { A: '1/2', B: '2/2' },
});
