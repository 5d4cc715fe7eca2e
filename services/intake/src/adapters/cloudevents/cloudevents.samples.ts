import type { WebhookRequest } from '../adapter.js';
import { aRequest } from '../webhook.samples.js';

/** Events in the JSON format of CloudEvents 1.0, for tests. */
export function aCloudEvent(parts: object = {}, data: object = {}): Record<string, unknown> {
  return {
    specversion: '1.0', id: 'e-1', source: '/desks/emea', type: 'com.adatum.ticket.created', subject: 'T-1', time: '2026-11-02T07:59:58Z', datacontenttype: 'application/json',
    data: { externalId: 'T-1', subject: 'Sign-in fails', description: null, area: 'break-fix', severity: 'B', labels: ['login'], ...data }, ...parts,
  };
}

/** An event whose data has a format of its sender's own, and the settings that say where the ticket stands in it. */
export const FOREIGN_SETTINGS = {
  ticket: {
    externalId: 'data.case.number', externalUrl: 'data.case.link', subject: 'data.case.title', description: 'data.case.text', status: 'data.case.state', priority: 'data.case.priority', requesterName: 'data.by.name', requesterEmail: 'data.by.mail',
    labels: 'data.tags', actor: 'data.actor|partitionkey', commentBody: 'data.note.text', commentAuthor: 'data.note.by', commentIsPublic: 'data.note.shown',
  },
  changes: { 'com.adatum.case.solved': 'closed', 'com.adatum.case.viewed': 'none' },
} as const;

export function aForeignEvent(parts: object = {}, data: object = {}): Record<string, unknown> {
  return aCloudEvent({
    type: 'com.adatum.case.opened.created.v2', partitionkey: 'p-7',
    data: { case: { number: 'T-1', link: 'https://desk.adatum.example/T-1', title: 'Sign-in fails', text: 'Error 500.', state: 'Open', priority: 'P1' }, by: { name: 'Ada Brown', mail: 'ada@adatum.example' }, tags: ['login', 'crm'], ...data }, ...parts,
  });
}

/** In binary mode: attributes in headers, data in the body. */
export function inBinaryMode(event: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}): WebhookRequest {
  const { data, datacontenttype = 'application/json', ...attributes } = event;
  const inHeaders = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, encodeURIComponent(String(value)).replaceAll('%2F', '/').replaceAll('%3A', ':')]));
  return aRequest({ headers: { ...inHeaders, 'content-type': String(datacontenttype), ...headers }, rawBody: Buffer.from(data === undefined ? '' : JSON.stringify(data)) });
}

export function inStructuredMode(event: object, headers: Readonly<Record<string, string>> = {}): WebhookRequest {
  return aRequest({ headers: { 'content-type': 'application/cloudevents+json; charset=utf-8', ...headers }, rawBody: Buffer.from(JSON.stringify(event)) });
}
