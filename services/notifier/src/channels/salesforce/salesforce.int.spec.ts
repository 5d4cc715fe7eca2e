import { NOTHING_ALLOWED, openOutbound } from '@handoff/outbound';
import { TicketingCalls } from '../ticketing/ticketing-calls.js';
import { describeTicketingSystem } from '../ticketing/ticketing-system.contract.js';
import { salesforce } from './salesforce.system.js';
import { openSalesforce, SALESFORCE_APP } from './salesforce.server.fixture.js';

describeTicketingSystem('Salesforce', {
  system: 'salesforce', open: openSalesforce, credentials: () => SALESFORCE_APP, wrongCredentials: () => ({ ...SALESFORCE_APP, clientSecret: 'another-secret' }), isSignIn: ({ path }) => path === '/services/oauth2/token',
  settings: { fields: { Origin: 'Web' } }, wrongSettings: { referenceField: 'Nothing__c' },
  refusedSettings: [[{ referenceField: 'Reference' }, '/settings/referenceField'], [{ apiVersion: '62' }, '/settings/apiVersion'], [{ priorities: { A: 1 } }, '/settings/priorities/A']],
  priorities: { A: 'High', B: 'Medium' },
});

it('takes for a conflict when Salesforce says that somebody else has locked the case', async () => {
  const desk = await openSalesforce();
  const outbound = openOutbound({ policy: { allowPrivate: true, allow: NOTHING_ALLOWED }, userAgent: 'Handoff/1' });
  const { url } = desk.server;
  desk.server.trouble = ({ method }) => (method === 'PATCH' ? { status: 400, json: [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record' }] } : null);
  try {
    const calls = new TicketingCalls({ outbound, baseUrl: url, signIn: salesforce.signIn(SALESFORCE_APP, url), secrets: [], signal: AbortSignal.timeout(10_000), ...(salesforce.conflicts === undefined ? {} : { conflicts: salesforce.conflicts }) });
    await expect(calls.send('PATCH', '/services/data/v62.0/sobjects/Case/500000000000000001', {})).rejects.toMatchObject({ answer: { kind: 'unclear', code: 'conflict' } });
  } finally {
    await outbound.close();
    await desk.server.close();
  }
});
