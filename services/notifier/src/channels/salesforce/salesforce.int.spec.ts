import { describeTicketingSystem } from '../ticketing/ticketing-system.contract.js';
import { openSalesforce, SALESFORCE_APP } from './salesforce.server.fixture.js';

describeTicketingSystem('Salesforce', {
  system: 'salesforce', open: openSalesforce, credentials: () => SALESFORCE_APP, wrongCredentials: () => ({ ...SALESFORCE_APP, clientSecret: 'another-secret' }), isSignIn: ({ path }) => path === '/services/oauth2/token',
  settings: { fields: { Origin: 'Web' } }, wrongSettings: { referenceField: 'Nothing__c' },
  refusedSettings: [[{ referenceField: 'Reference' }, '/settings/referenceField'], [{ apiVersion: '62' }, '/settings/apiVersion'], [{ priorities: { A: 1 } }, '/settings/priorities/A']],
  priorities: { A: 'High', B: 'Medium' },
});
