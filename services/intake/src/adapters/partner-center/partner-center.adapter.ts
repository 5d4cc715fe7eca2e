import type { X509Certificate } from 'node:crypto';
import type { Adapter, SetupContext, SetupStep } from '../adapter.js';
import { eventKey } from '../event-key.js';
import { jsonOf, readJson } from '../json-body.js';
import { valueAt } from '../payload.js';
import { requireFreshIfAsked } from '../signature.js';
import { partnerCenterApi } from './partner-center.api.js';
import { mapPartnerCenter, SETTINGS } from './partner-center.mapping.js';
import { verifyPartnerCenterSignature, webRoots } from './partner-center.signature.js';

/**
 * Microsoft Partner Center: webhooks, signed by a certificate of Microsoft's, and service requests, which are polled: no webhook
 * tells about them. The signature has no time; Partner Center tries ten times.
 * @param roots the authorities to which the certificate must lead.
 */
export function partnerCenterBy(roots: () => readonly X509Certificate[]): Adapter {
  return {
    name: 'partner-center',
    title: 'Microsoft Partner Center',
    defaultToleranceSeconds: null,
    tells: new Set(['area', 'severity', 'customerId', 'subscriptionId']),
    secret: null,
    settings: SETTINGS,
    verify: async (request, trust) => {
      await verifyPartnerCenterSignature(request, trust, { roots: roots(), hosts: SETTINGS.parse(trust.settings).certificateHosts });
      requireFreshIfAsked(valueAt(jsonOf(request.rawBody), 'ResourceChangeUtcDate'), "the body's 'ResourceChangeUtcDate'", trust);
    },
    read: readJson,
    recognise: (_request, payload) => eventKey(payload, ['EventName', 'ResourceUri', 'ResourceChangeUtcDate']),
    map: mapPartnerCenter,
    api: partnerCenterApi,
    setup,
  };
}

export const partnerCenterAdapter = partnerCenterBy(webRoots);

const ACCESS = {
  baseUrl: 'https://api.partnercenter.microsoft.com', auth: 'oauth2-refresh-token',
  credentials: { tokenUrl: 'https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token', clientId: '<application>', clientSecret: '<its secret>', refreshToken: '<refresh token>', scope: 'https://api.partnercenter.microsoft.com/user_impersonation offline_access', secretIn: 'body' },
};

function setup({ webhookUrl }: SetupContext): readonly SetupStep[] {
  const registration = { WebhookUrl: webhookUrl, WebhookEvents: ['azure-fraud-event-detected', 'new-commerce-migration-failed', 'new-commerce-migration-schedule-failed'] };
  return [
    { text: 'Register the webhook with POST https://api.partnercenter.microsoft.com/webhooks/v1/registration, or with PUT where one is registered already: a tenant has one. Events that are not listed here are answered and change nothing.', snippet: { language: 'json', content: JSON.stringify(registration, null, 2) } },
    { text: "Further events become tickets when 'settings.events' names them. POST /webhooks/v1/registration/validationEvents sends one for trial, 'test-created', which is answered and changes nothing." },
    { text: 'For service requests, give this source access on behalf of a user, by the secure application model: Microsoft shows service requests to users alone, and to each his own. Sign in once with your application, and enter the refresh token; Handoff fetches access tokens by it and keeps each refresh token that takes its place. One that is not used for 90 days ends. The poll finds the requests.', snippet: { language: 'json', content: JSON.stringify({ api: ACCESS }, null, 2) } },
  ];
}
