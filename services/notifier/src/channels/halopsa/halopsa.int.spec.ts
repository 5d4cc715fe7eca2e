import { describeTicketingSystem, type TicketingCase } from '../ticketing/ticketing-system.contract.js';
import { HALO_CLIENT, openHalo } from './halopsa.server.fixture.js';

const halo: TicketingCase = {
  system: 'halopsa', open: openHalo, credentials: () => HALO_CLIENT, wrongCredentials: () => ({ ...HALO_CLIENT, clientSecret: 'another-secret' }), isSignIn: ({ path }) => path === '/auth/token',
  settings: { ticketTypeId: 21, clientId: 12, fields: { category_1: 'CRM' }, closedStatusId: 9, openStatusId: 2, priorities: { A: 1, B: 2, C: 3 } }, wrongSettings: { ticketTypeId: 22 },
  refusedSettings: [[{ ticketTypeId: 'Incident' }, '/settings/ticketTypeId'], [{ openStatusId: undefined }, '/settings/openStatusId'], [{ priorities: { A: 'high' } }, '/settings/priorities/A']],
  priorities: { A: '1', B: '2' },
};

describeTicketingSystem('HaloPSA', halo);
describeTicketingSystem('HaloPSA, with lists that leave the reference out, and an authorisation server named', {
  ...halo, open: () => openHalo({ isListedWhole: false }), credentials: (url) => ({ ...HALO_CLIENT, authUrl: `${url}/auth/` }),
});
