import { describeTicketingSystem } from '../ticketing/ticketing-system.contract.js';
import { AUTOTASK_USER, openAutotask } from './autotask.server.fixture.js';

describeTicketingSystem('Autotask PSA', {
  system: 'autotask', open: openAutotask, credentials: () => AUTOTASK_USER, wrongCredentials: () => ({ ...AUTOTASK_USER, secret: 'another-secret' }),
  settings: { companyId: 0, queueId: 29_682_833, fields: { issueType: 11 } }, wrongSettings: { queueId: 7 }, refusal: { state: 'pending', code: 'server-error' },
  refusedSettings: [[{ companyId: 'Contoso' }, '/settings/companyId'], [{ dueAfterHours: 0 }, '/settings/dueAfterHours'], [{ priorities: { A: 'critical' } }, '/settings/priorities/A']],
  priorities: { A: '4', B: '1' },
});
