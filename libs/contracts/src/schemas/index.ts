import { ESCALATION_STEPS } from '../escalation.js';
import type { EventType } from '../events.js';
import { AFFECTED_CUSTOMERS_MAX, TOLD_OUTCOMES } from '../health-notice.js';
import { SERVICE_REQUEST_STATUSES } from '../service-request.js';
import { ATTACHMENTS_MAX } from '../ticket.js';
import { AREA_BASES, AREAS, ASKERS, CHANGES, CLOUDS, ROLES, SEVERITIES } from '../vocabulary.js';
import { bool, count, eventSchema, instant, list, name, nullable, object, oneOf, type Schema, text, texts, uuid } from './build.js';

const comment = object({ author: nullable(text(256)), body: text(65_536), isPublic: bool });

const attachments = list(object({ name: text(256), url: text(2_048) }), ATTACHMENTS_MAX);

const ticketFields = object({
  'subject?': text(1_024),
  'description?': nullable(text(65_536)),
  'status?': nullable(text(128)),
  'area?': nullable(oneOf(AREAS)),
  'areaBasis?': oneOf(['source', 'mapping']),
  'severity?': nullable(oneOf(SEVERITIES)),
  'asker?': oneOf(ASKERS),
  'requester?': nullable(object({ 'name?': nullable(text(256)), 'email?': nullable(text(320)) })),
  'offerId?': nullable(name),
  'customerId?': nullable(name),
  'subscriptionId?': nullable(name),
  'cloud?': nullable(oneOf(CLOUDS)),
  'country?': nullable(text(64)),
  'language?': nullable(text(64)),
  'labels?': list(text(256), 100),
  'serviceRequest?': object({ status: nullable(oneOf(SERVICE_REQUEST_STATUSES)) }),
  'comment?': comment,
  'attachments?': attachments,
});

const partyOnly = object({ role: oneOf(ROLES), 'partyId?': nullable(name) });
const party = object({ role: oneOf(ROLES), 'partyId?': nullable(name), 'parties?': list(partyOnly, 2) });
const document = object({ title: text(512), url: text(2_048) });

const decision = object({
  responsible: nullable(party),
  firstContact: nullable(party),
  accountable: nullable(party),
  informed: list(party, 10),
  handsOver: nullable(party),
  escalation: list(party, 10),
  contacts: list(object({ kind: name, party, fields: list(name, 10), for: name }), 20),
  queue: name,
  reasons: { ...list(object({ code: name, text: text(2_048), source: text(512), 'message?': name, 'params?': texts(2_048) }), 50), minItems: 1 },
  matrixVersion: name,
  row: name,
  attachedTo: nullable(name),
  stays: bool,
  informationOnly: bool,
  missing: list(name, 20),
  documents: list(document, 50),
  'areaBasis?': nullable(oneOf(AREA_BASES)),
  'gaps?': list(object({ code: name, kind: name, key: name, queue: name, reason: text(2_048), remedy: text(2_048) }), 20),
});

const mayContact = list(object({ kind: name, partyName: nullable(text(512)), for: name, 'name?': text(2_048), 'email?': text(2_048), 'phone?': text(2_048), 'url?': text(2_048) }), 20);

const recipient = object({
  purpose: oneOf(['act', 'inform', 'hand-over']),
  party,
  destination: name,
  partyName: nullable(text(512)),
  contactKind: name,
  name: nullable(text(512)),
  email: nullable(text(320)),
  url: nullable(text(2_048)),
  'language?': nullable(text(64)),
  mayContact,
});

const serviceRequestNumber: Schema = { type: 'string', minLength: 4, maxLength: 64 };
const sourceReader = object({ party, partyName: nullable(text(512)), 'language?': nullable(text(64)), mayContact });

const snapshot = object({
  source: name,
  externalId: name,
  externalUrl: nullable(text(2_048)),
  subject: text(1_024),
  description: nullable(text(65_536)),
  status: nullable(text(128)),
  area: nullable(oneOf(AREAS)),
  severity: nullable(oneOf(SEVERITIES)),
  asker: oneOf(ASKERS),
  requesterName: nullable(text(256)),
  offerId: nullable(name),
  customerId: nullable(name),
  subscriptionId: nullable(name),
  'language?': nullable(text(64)),
  'serviceRequest?': object({ number: serviceRequestNumber, status: nullable(oneOf(SERVICE_REQUEST_STATUSES)) }),
  comment: nullable(comment),
  'attachments?': attachments,
});

const notification = {
  ticketId: uuid,
  ticketVersion: count,
  notificationId: uuid,
  channel: name,
  destination: name,
  purpose: name,
  attempts: { type: 'integer', minimum: 0 },
};

/** JSON Schema 2020-12 of each event's data. The types beside are the same in TypeScript; golden examples hold both together. */
export const EVENT_SCHEMAS: Readonly<Record<EventType, Schema>> = {
  'handoff.ticket.received.v1': eventSchema('handoff.ticket.received.v1', 'A source told something about one of its tickets', object({
    ticketId: uuid, source: name, sourceParty: nullable(name), externalId: name, externalUrl: nullable(text(2_048)),
    change: oneOf(CHANGES), occurredAt: instant, ticket: ticketFields, 'isCopy?': bool, 'defaults?': ticketFields,
  })),
  'handoff.health-notice.received.v1': eventSchema('handoff.health-notice.received.v1', 'A publisher reports an outage, an update of it or its end', object({
    noticeId: name, offerId: name, summary: text(4_096), startedAt: instant, endedAt: nullable(instant),
  })),
  'handoff.health-notice.affected.v1': eventSchema('handoff.health-notice.affected.v1', 'An outage concerns a partner with customers on the offer', object({
    noticeId: name, noticeVersion: count, offerId: name, offerName: nullable(text(512)), publisherName: nullable(text(512)), summary: text(4_096), startedAt: instant, endedAt: nullable(instant),
    partnerId: name, destination: name, partnerName: nullable(text(512)), name: nullable(text(512)), email: nullable(text(320)), language: nullable(text(64)),
    customers: list(object({ customerId: name, name: text(512) }), AFFECTED_CUSTOMERS_MAX), customersTotal: { type: 'integer', minimum: 0 }, isFirst: bool,
  })),
  'handoff.health-notice.told.v1': eventSchema('handoff.health-notice.told.v1', 'What became of a message about an outage', object({
    noticeId: name, noticeVersion: count, offerId: name, partnerId: name, notificationId: uuid, channel: name, destination: name,
    outcome: oneOf(TOLD_OUTCOMES), at: instant, code: nullable(name), detail: text(1_024),
  })),
  'handoff.ticket.routed.v1': eventSchema('handoff.ticket.routed.v1', 'A ticket was decided', object({
    ticketId: uuid, ticketVersion: count, change: oneOf(CHANGES), 'cause?': name, decidedAt: instant, ticket: snapshot, decision,
    previousQueue: nullable(name), recipients: list(recipient, 50), 'acknowledgeBy?': nullable(instant), 'forSource?': sourceReader,
  })),
  'handoff.ticket.attached.v1': eventSchema('handoff.ticket.attached.v1', 'A ticket belongs to an open outage', object({
    ticketId: uuid, ticketVersion: count, noticeId: name, offerId: name, attachedAt: instant, 'by?': nullable(text(512)), 'reason?': text(1_024),
  })),
  'handoff.ticket.detached.v1': eventSchema('handoff.ticket.detached.v1', 'A person said that a ticket does not belong to its outage', object({
    ticketId: uuid, ticketVersion: count, noticeId: name, detachedAt: instant, by: nullable(text(512)), reason: text(1_024),
  })),
  'handoff.ticket.acknowledged.v1': eventSchema('handoff.ticket.acknowledged.v1', 'Somebody said that it works on a ticket', object({
    ticketId: uuid, ticketVersion: count, acknowledgedAt: instant, by: nullable(text(512)), party: nullable(name), via: name, isComplete: bool,
    'serviceRequestNumber?': serviceRequestNumber,
    'ticket?': snapshot, 'decision?': decision, 'forSource?': sourceReader,
  })),
  'handoff.ticket.escalated.v1': eventSchema('handoff.ticket.escalated.v1', 'A ticket was not acknowledged, and others are asked', object({
    ticketId: uuid, ticketVersion: count, step: oneOf(ESCALATION_STEPS), escalatedAt: instant, acknowledgeBy: instant, nextStepAt: nullable(instant),
    ticket: snapshot, decision, recipients: list(recipient, 50), 'forSource?': sourceReader,
  })),
  'handoff.ticket.resolved.v1': eventSchema('handoff.ticket.resolved.v1', 'Who works on a ticket said that it is done', object({
    ticketId: uuid, ticketVersion: count, resolvedAt: instant, by: nullable(text(512)), party: nullable(name), via: name, note: nullable(text(65_536)),
    ticket: snapshot, decision, recipients: list(recipient, 50), forSource: sourceReader,
  })),
  'handoff.ticket.reassigned.v1': eventSchema('handoff.ticket.reassigned.v1', 'A person moved a ticket to another party', object({
    ticketId: uuid, ticketVersion: count, reassignedAt: instant, from: name, to: name, queue: name, by: nullable(text(512)), reason: text(1_024),
  })),
  'handoff.notification.delivered.v1': eventSchema('handoff.notification.delivered.v1', "The contact's system took the message", object({
    ...notification, deliveredAt: instant, receipt: text(1_024),
    'foreignTicket?': object({ channelId: uuid, system: name, id: text(512), number: nullable(text(512)), url: nullable(text(2_048)), 'news?': object({ source: name, externalIds: list(text(512), 5) }) }),
  })),
  'handoff.notification.failed.v1': eventSchema('handoff.notification.failed.v1', 'A message was given up', object({
    ...notification, failedAt: instant, code: name, detail: text(1_024),
  })),
  'handoff.notification.suppressed.v1': eventSchema('handoff.notification.suppressed.v1', 'A message is not sent, or not yet', object({
    ...notification, suppressedAt: instant, code: name, detail: text(1_024), suppressionId: nullable(uuid), heldUntil: nullable(instant),
  })),
  'handoff.notification.acknowledged.v1': eventSchema('handoff.notification.acknowledged.v1', 'A contact acknowledged by its message', object({
    ticketId: uuid, ticketVersion: count, notificationId: uuid, channel: name, destination: name, acknowledgedAt: instant, by: nullable(text(512)), 'via?': name,
    'serviceRequestNumber?': serviceRequestNumber,
  })),
  'handoff.notification.replied.v1': eventSchema('handoff.notification.replied.v1', 'Somebody answered a message in writing', object({
    ticketId: uuid, ticketVersion: count, notificationId: uuid, channel: name, destination: name, repliedAt: instant, by: nullable(text(512)),
    text: text(8_192), isCut: bool, attachments: list(object({ name: text(256), contentType: text(256), bytes: { type: 'integer', minimum: 0 } }), 50),
  })),
};
