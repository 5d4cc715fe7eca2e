import { NOTHING_ALLOWED, openOutbound } from '@handoff/outbound';
import { TicketingCalls } from '../ticketing/ticketing-calls.js';
import { describeTicketingSystem } from '../ticketing/ticketing-system.contract.js';
import { dynamics365 } from './dynamics-365.system.js';
import { ACCOUNT, DYNAMICS_APP, openDynamics } from './dynamics-365.server.fixture.js';

describeTicketingSystem('Dynamics 365 Customer Service', {
  system: 'dynamics-365', open: openDynamics, credentials: (url) => ({ ...DYNAMICS_APP, loginUrl: url }), wrongCredentials: (url) => ({ ...DYNAMICS_APP, loginUrl: url, clientSecret: 'another-secret' }),
  isSignIn: ({ path }) => path.endsWith('/oauth2/v2.0/token'),
  settings: { customer: { accountId: ACCOUNT }, fields: { caseorigincode: 3 } }, wrongSettings: { customer: { accountId: '575b158c-541c-e511-80d3-3863bb347ba8' } },
  refusedSettings: [[{ customer: { accountId: 'Contoso' } }, '/settings/customer/accountId'], [{ customer: {} }, '/settings/customer'], [{ priorities: { A: 'high' } }, '/settings/priorities/A']],
  priorities: { A: '1', B: '2' },
});

it('does not create a case of Dynamics 365 anew by changing one that was removed', async () => {
  const desk = await openDynamics();
  const outbound = openOutbound({ policy: { allowPrivate: true, allow: NOTHING_ALLOWED }, userAgent: 'Handoff/1' });
  const { url } = desk.server;
  try {
    const calls = new TicketingCalls({ outbound, baseUrl: url, signIn: dynamics365.signIn({ ...DYNAMICS_APP, loginUrl: url }, url), secrets: [], signal: AbortSignal.timeout(10_000) });
    const settings = dynamics365.settings.parse({ customer: { accountId: ACCOUNT } });
    const changed = dynamics365.update({ id: '1f8fad5b-d9cb-569f-a165-70867728950e', number: null, url: null }, { note: null, severity: 'A', turn: 'none' }, { calls, baseUrl: url, settings });
    await expect(changed).rejects.toMatchObject({ answer: { kind: 'answered', status: 404 } });
    expect(desk.tickets()).toEqual([]);
  } finally {
    await outbound.close();
    await desk.server.close();
  }
});
