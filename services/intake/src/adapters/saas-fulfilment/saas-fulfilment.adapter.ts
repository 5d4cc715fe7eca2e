import type { Adapter, SetupContext, SetupStep } from '../adapter.js';
import { eventKey } from '../event-key.js';
import { readJson } from '../json-body.js';
import { verifyEntraToken } from './entra-token.js';
import { saasFulfilmentApi } from './saas-fulfilment.api.js';
import { mapOperation, SETTINGS } from './saas-fulfilment.mapping.js';

/** Under which Microsoft's Marketplace is registered in Microsoft Entra; the same for all publishers. */
const MARKETPLACE_ID = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7';

/** Webhooks of the Marketplace to the publisher of a SaaS offer, about what happens to its subscriptions. */
export const saasFulfilmentAdapter: Adapter = {
  name: 'saas-fulfilment',
  title: 'Marketplace SaaS fulfilment',
  defaultToleranceSeconds: 300,
  tells: new Set(['area', 'severity', 'offerId', 'customerId', 'subscriptionId']),
  secret: null,
  settings: SETTINGS,
  verify: (request, trust) => {
    const { tenantId, applicationId } = SETTINGS.parse(trust.settings);
    return verifyEntraToken(request, trust, { tenantId, audience: applicationId, senderId: MARKETPLACE_ID });
  },
  read: readJson,
  recognise: (_request, payload) => eventKey(payload, ['id', 'action', 'status']),
  map: mapOperation,
  /** Microsoft asks for 200, and sends anything else again. */
  answer: () => ({ status: 200, headers: {}, body: '' }),
  api: saasFulfilmentApi,
  setup,
};

function setup({ webhookUrl }: SetupContext): readonly SetupStep[] {
  const access = { baseUrl: 'https://marketplaceapi.microsoft.com', auth: 'oauth2-client-credentials', credentials: { tokenUrl: 'https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token', clientId: '<application>', clientSecret: '<made in Microsoft Entra>', scope: `${MARKETPLACE_ID}/.default` } };
  return [
    { text: "In the source's settings, name the tenant and the application that stand in the technical configuration of your offer in Partner Center, as 'tenantId' and 'applicationId'. By them Microsoft's token is told from others." },
    { text: 'Where your own service takes no webhooks of the Marketplace, enter this as the connection webhook of the offer. Each webhook is answered with 200, by which Microsoft takes a change of plan or seats as accepted.', snippet: { language: 'text', content: webhookUrl } },
    { text: "Where your own service takes them, let it pass each on to the same address, with the body and the header 'Authorization' as they came, at once: the token holds for about an hour." },
    { text: 'Give this source access to the fulfilment interface, so that each operation is confirmed there before anybody is asked to act.', snippet: { language: 'json', content: JSON.stringify(access, null, 2) } },
  ];
}
