import {
  AREAS,
  ASKERS,
  ASSIGNEES,
  CHANNELS,
  CLOUDS,
  CONTACT_KINDS,
  OFFER_KINDS,
  OWNERSHIPS,
  PARTNER_MODELS,
  SEVERITIES,
  SUPPORT_CONTACTS,
} from '@handoff/matrix';
import type { Schema } from './shape.js';

const text: Schema = { type: ['string', 'null'] };
const required: Schema = { type: 'string', minLength: 1 };
const oneOf = (values: readonly string[]): Schema => ({ type: ['string', 'null'], enum: [...values, null] });
const list = (items: Schema): Schema => ({ type: ['array', 'null'], items });
const object = (properties: Readonly<Record<string, Schema>>, needed: readonly string[] = []): Schema => ({
  type: ['object', 'null'],
  properties,
  required: needed,
  additionalProperties: false,
});

const contact = object({ name: text, email: text, phone: text, url: text });

/** An offer, as in the body of `POST /v1/explain`. */
export const OFFER_SCHEMA: Schema = object({
  id: text,
  publisherId: text,
  ownership: oneOf(OWNERSHIPS),
  kind: oneOf(OFFER_KINDS),
  contacts: object({ customerSupport: contact, cspProgram: contact, engineering: contact }),
  governmentSupportUrl: text,
  documents: list(object({ title: required, url: required, kind: text }, ['title', 'url'])),
  clouds: list({ type: 'string', enum: CLOUDS }),
});

/** A subscription, as in the body of `POST /v1/explain`. */
export const SUBSCRIPTION_SCHEMA: Schema = object({
  channel: oneOf(CHANNELS),
  partner: object({ model: oneOf(PARTNER_MODELS), partnerId: text, providerId: text, resellerId: text }),
  customerResellerId: text,
  supportContact: oneOf(SUPPORT_CONTACTS),
  customerId: text,
  supportPlan: text,
});

const agreement = object(
  {
    id: text,
    providerId: required,
    resellerId: required,
    from: required,
    to: text,
    entries: {
      type: 'array',
      items: object(
        {
          area: oneOf(['all', ...AREAS]),
          customerId: text,
          supportPlan: text,
          publisherId: text,
          offerId: text,
          kind: oneOf(OFFER_KINDS),
          country: text,
          severity: oneOf(SEVERITIES),
          assignedTo: { type: 'string', enum: ASSIGNEES },
          accountable: oneOf(SUPPORT_CONTACTS),
        },
        ['assignedTo'],
      ),
    },
  },
  ['providerId', 'resellerId', 'from', 'entries'],
);

const scope = object({ partnerId: text, publisherId: text, offerId: text });
const byName = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'string', description: 'A name from `directory`.' }] });

/** The facts of a case: the body of `POST /v1/explain`. */
export const QUESTION_SCHEMA: Schema = object({
  ticket: object({
    area: oneOf(AREAS),
    severity: oneOf(SEVERITIES),
    asker: oneOf(ASKERS),
    at: text,
    cloud: oneOf(CLOUDS),
    country: text,
    language: text,
    source: object({ partyId: text }),
  }),
  offer: byName(OFFER_SCHEMA),
  subscription: byName(SUBSCRIPTION_SCHEMA),
  agreements: list(agreement),
  preferences: object({
    partnerFirst: { anyOf: [{ type: ['boolean', 'null'] }, { type: 'array', items: scope }] },
    contactOrder: list({ type: 'string', enum: CONTACT_KINDS }),
    uninformed: list(required),
  }),
  openHealthNotices: list(
    object({ id: required, offerId: text, summary: text, startedAt: text, endedAt: text }, ['id']),
  ),
});
