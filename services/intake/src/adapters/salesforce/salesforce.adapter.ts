import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Adapter, SystemAnswer, TestTicket, Trust, WebhookRequest } from '../adapter.js';
import { eventsIn, readWrittenJson } from '../json-body.js';
import { CHARS_MAX, instantOf, textAt } from '../payload.js';
import { textSecret, verifySharedSecret } from '../shared-secret.js';
import { signatureInvalid } from '../signature.js';
import { stateKey } from '../source-api.js';
import { TEST_REQUESTER, withSecretHeader } from '../test-webhook.js';
import { changesOf } from './change-event.js';
import { readOutboundMessage } from './outbound-message.js';
import { salesforceApi } from './salesforce.api.js';
import { mapSalesforce, wholeId } from './salesforce.mapping.js';
import { KEY_PARAMETER, setupSalesforce } from './salesforce.setup.js';

const ACKNOWLEDGED = '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notifications></soapenv:Body></soapenv:Envelope>';

const SETTINGS = z.strictObject({
  /** Webhooks of another organisation are not believed. */
  organizationId: z.string().regex(/^00D[a-zA-Z0-9]{12}([a-zA-Z0-9]{3})?$/, 'must be the id of an organisation, as 00D5g000000ABCDEA4').optional(),
});

/**
 * Salesforce Service Cloud: outbound messages (SOAP), the callout of our Apex class, and change events that a relay posts.
 * None is signed: the secret comes with each, for outbound messages in the address.
 */
export const salesforceAdapter: Adapter = {
  name: 'salesforce',
  title: 'Salesforce Service Cloud',
  defaultToleranceSeconds: null,
  tells: new Set(['severity']),
  secret: textSecret('Salesforce'),
  settings: SETTINGS,
  verify,
  read,
  recognise,
  map: mapSalesforce,
  answer,
  api: salesforceApi,
  setup: setupSalesforce,
  testWebhook,
};

function verify(request: WebhookRequest, trust: Trust): void {
  verifySharedSecret(request, trust, { queryParameter: KEY_PARAMETER });
  const { organizationId } = SETTINGS.parse(trust.settings);
  if (organizationId !== undefined) requireOrganization(request, organizationId);
}

function requireOrganization(request: WebhookRequest, organizationId: string): void {
  const told = read(request).map((payload) => textAt(payload, 'organizationId', CHARS_MAX.name));
  const isOther = told.some((id) => typeof id === 'string' && wholeId(id) !== wholeId(organizationId));
  if (isOther || (isXml(request) && told.length === 0)) throw signatureInvalid('The webhook is of another organisation.', `'OrganizationId' is ${organizationId}.`);
}

function isXml({ rawBody }: WebhookRequest): boolean {
  return rawBody.subarray(0, 256).toString('utf8').replace('\ufeff', '').trimStart().startsWith('<');
}

/** One payload a record, with its fields below the name of its type, as `Case.Subject`. */
function read(request: WebhookRequest): readonly unknown[] {
  if (isXml(request)) {
    const { organizationId, enterpriseUrl, notifications } = readOutboundMessage(request.rawBody);
    return eventsIn(notifications.map(({ id, type, record }) => ({ eventId: id, organizationId, url: enterpriseUrl, type, [type]: record })));
  }
  const [body] = readWrittenJson(request);
  return eventsIn(body).flatMap((payload) => changesOf(payload) ?? [payload]);
}

/** A notification and a change event have ids. A callout has the state of the case, as a poll would find it. */
function recognise(_request: WebhookRequest, payload: unknown): string {
  const eventId = textAt(payload, 'eventId', CHARS_MAX.name);
  if (typeof eventId === 'string') return eventId;
  const [id, modifiedAt] = ['Case.Id', 'Case.LastModifiedDate'].map((path) => textAt(payload, path, CHARS_MAX.name));
  const at = instantOf(modifiedAt, new Date(0));
  if (typeof id === 'string' && Date.parse(at) > 0) return stateKey(wholeId(id), at);
  return `sha256:${createHash('sha256').update(JSON.stringify(payload)).digest('hex')}`;
}

/** Salesforce sends an outbound message again for a day unless it is told this. */
function answer(request: WebhookRequest): SystemAnswer | null {
  return isXml(request) ? { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: ACKNOWLEDGED } : null;
}

/** As our Apex class posts it: an outbound message would be answered in words of SOAP, which do not say what became of it. */
function testWebhook(ticket: TestTicket): WebhookRequest {
  const { organizationId } = SETTINGS.parse(ticket.settings);
  const [id, time] = [`500${ticket.number}`, ticket.now.toISOString()];
  const record = {
    Id: id, CaseNumber: id, Subject: ticket.subject, Description: ticket.description, Status: 'New', IsClosed: false, Priority: 'Low', Type: 'handoff-test', SuppliedName: TEST_REQUESTER.name, SuppliedEmail: TEST_REQUESTER.email, CreatedDate: time, LastModifiedDate: time,
  };
  return withSecretHeader(ticket, { type: 'Case', change: 'created', ...(organizationId === undefined ? {} : { organizationId }), Case: record });
}
