import { describeTicketingSystem, type TicketingCase } from '../ticketing/ticketing-system.contract.js';
import { JIRA_ACCOUNT, JIRA_PERSONAL, openJira } from './jira-service-management.server.fixture.js';

const cloud: TicketingCase = {
  system: 'jira-service-management', open: openJira, credentials: () => JIRA_ACCOUNT, wrongCredentials: () => ({ ...JIRA_ACCOUNT, apiToken: 'another-token' }),
  settings: { serviceDeskId: '5', requestTypeId: '20', fields: { customfield_10010: { value: 'crm' } } }, wrongSettings: { requestTypeId: '21' },
  refusedSettings: [[{ serviceDeskId: 'HELP' }, '/settings/serviceDeskId'], [{ priorities: { A: 1 } }, '/settings/priorities/A'], [{ fields: { 'a b': 'x' } }, '/settings/fields/a b']],
  priorities: { A: 'Highest', B: 'High' },
};

describeTicketingSystem('Jira Service Management, in the cloud', cloud);
describeTicketingSystem('Jira Service Management, in the data centre, by named transitions', {
  ...cloud, credentials: () => JIRA_PERSONAL, wrongCredentials: () => ({ personalToken: 'another-token' }),
  settings: { serviceDeskId: '5', requestTypeId: '20', resolveTransition: 'Resolve this issue', reopenTransition: 'Back to work', resolution: 'Declined', priorities: { B: 'Low' } }, priorities: { A: 'Highest', B: 'Low' },
});
