import { describeTicketingSystem, type TicketingCase } from '../ticketing/ticketing-system.contract.js';
import { FRESHDESK_KEY, openFreshdesk } from './freshdesk.server.fixture.js';

const byKey: TicketingCase = {
  system: 'freshdesk', open: openFreshdesk, credentials: () => ({ apiKey: FRESHDESK_KEY }), wrongCredentials: () => ({ apiKey: 'another-key' }),
  settings: { requesterEmail: 'handoff@contoso.example', groupId: 77, type: 'Incident', tags: ['handoff'], customFields: { cf_team: 'crm' }, referenceField: 'cf_handoff' }, wrongSettings: { groupId: 78 },
  refusedSettings: [[{ requesterEmail: undefined }, '/settings/requesterEmail'], [{ priorities: { A: 5 } }, '/settings/priorities/A'], [{ customFields: { team: 'x' } }, '/settings/customFields/team']],
  priorities: { A: '4', B: '3' },
};

describeTicketingSystem('Freshdesk', byKey);
