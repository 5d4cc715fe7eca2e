import { describeTicketingSystem } from '../ticketing/ticketing-system.contract.js';
import { CONNECTWISE_MEMBER, openConnectWise } from './connectwise-psa.server.fixture.js';

describeTicketingSystem('ConnectWise PSA', {
  system: 'connectwise-psa', open: openConnectWise, credentials: () => CONNECTWISE_MEMBER, wrongCredentials: () => ({ ...CONNECTWISE_MEMBER, privateKey: 'another-key' }),
  settings: { boardId: 1, companyId: 2, contactId: 3, typeId: 9, sourceId: 5, closedStatusId: 503, openStatusId: 502, priorities: { A: 6, B: 8, C: 4 } }, wrongSettings: { boardId: 7 },
  refusedSettings: [[{ boardId: 'Support' }, '/settings/boardId'], [{ closedStatusId: undefined }, '/settings/closedStatusId'], [{ priorities: { A: 'high' } }, '/settings/priorities/A']],
  priorities: { A: '6', B: '8' },
});
