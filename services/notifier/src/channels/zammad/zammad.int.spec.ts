import { describeTicketingSystem } from '../ticketing/ticketing-system.contract.js';
import { openZammad, ZAMMAD_TOKEN } from './zammad.server.fixture.js';

describeTicketingSystem('Zammad', {
  system: 'zammad', open: openZammad, credentials: () => ({ token: ZAMMAD_TOKEN }), wrongCredentials: () => ({ token: 'another-token' }),
  settings: { group: 'Users', customerEmail: 'handoff@contoso.example', fields: { crm_team: 'a' } }, wrongSettings: { group: 'Nobody' },
  refusedSettings: [[{ group: '' }, '/settings/group'], [{ customerEmail: 'nobody' }, '/settings/customerEmail'], [{ priorities: { A: 3 } }, '/settings/priorities/A']],
  priorities: { A: '3 high', B: '2 normal' },
});
