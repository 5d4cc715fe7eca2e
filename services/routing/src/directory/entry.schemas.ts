import { AREAS, ASSIGNEES, CHANNELS, CLOUDS, CONTACT_KINDS, OFFER_KINDS, OWNERSHIPS, SEVERITIES, SUPPORT_CONTACTS } from '@handoff/matrix';
import { z } from 'zod';
import { ACKNOWLEDGEMENT_MODES } from '../acknowledge/response.js';
import { WEEKDAYS } from './calendar.decision.js';
import type { DirectoryKind } from './directory-kinds.js';
import { PARTNER_MODELS } from './directory.js';
import { instant } from './instant.schema.js';
import { isTimeZone } from './zoned-time.decision.js';

/** What may be written into the directory, kind by kind. Unknown keys are refused, so that a slip of the pen is not lost. */

export const ID_LENGTH_MAX = 256;
const MINUTES_MAX = 525_600;
/** A language and its subtags, by the form of BCP 47. */
const LANGUAGE_TAG = /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i;

/** PostgreSQL stores neither NUL nor half of a surrogate pair. */
export const storable = (value: string): boolean => !value.includes('\u0000') && value.isWellFormed();
const text = z.string().min(1).max(2_048).refine(storable, 'has a character that cannot be stored');
export const entryId = z.string().min(1).max(ID_LENGTH_MAX).refine(storable, 'has a character that cannot be stored');
const partnerId = z.string().regex(/^\d{1,20}$/, 'is a PartnerID, which has digits only');
const dateOrInstant = z.union([z.iso.date(), instant], 'is a date (2026-01-31) or an RFC 3339 time');
const region = z.string().min(1).max(64);
const url = z.url({ protocol: /^https?$/ }).max(2_048);
const isLanguageTag = (tag: string): boolean => LANGUAGE_TAG.test(tag);
const period = { from: dateOrInstant.optional(), to: dateOrInstant.nullable().optional() };

const language = z.string().max(64).refine(isLanguageTag, 'is a language tag, as tr or tr-TR').describe('BCP 47; the language of messages, of which there are English and Turkish');

const contact = z.strictObject({ name: text.optional(), email: z.email().max(320).optional(), phone: z.string().min(1).max(64).optional(), url: url.optional(), language: language.optional() });
const responseTargets = z.array(z.strictObject({
  severity: z.enum(SEVERITIES), minutes: z.int().min(1).max(MINUTES_MAX),
  calendarId: entryId.optional().describe('The calendar whose hours count; without one every minute counts'),
})).max(SEVERITIES.length).refine((targets) => new Set(targets.map(({ severity }) => severity)).size === targets.length, 'has a severity twice');

const contactOrder = z.array(z.enum(CONTACT_KINDS)).max(CONTACT_KINDS.length).describe('Which contact of an offer is tried first; engineering stays the last resort');

const acknowledgement = z.enum(ACKNOWLEDGEMENT_MODES).optional().describe('Of several who are asked at once: whether the first to acknowledge is enough, or all must; left out: the first');

const publisher = z.strictObject({ id: entryId, name: text, contact: contact.optional(), language: language.optional(), contactOrder: contactOrder.optional(), acknowledgement });

const listing = z.strictObject({
  supportContact: contact.optional(), engineeringContact: contact.optional(), cloudSolutionProviderContact: contact.optional(),
  globalSupportWebsite: url.optional(), governmentSupportWebsite: url.optional(),
  generalLinks: z.array(z.strictObject({ displayText: text, link: url })).max(50).optional(),
  cloudSolutionProviderMarketingMaterials: url.optional(),
});

const offer = z.strictObject({
  id: entryId, publisherId: entryId, name: text, ownership: z.enum(OWNERSHIPS), kind: z.enum(OFFER_KINDS), clouds: z.array(z.enum(CLOUDS)).max(CLOUDS.length).optional(),
  plans: z.array(z.strictObject({ id: entryId, name: text, responseTargets: responseTargets.optional() })).max(200).optional(),
  listing, responseTargets: responseTargets.optional(),
});

const soldBy = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('direct-bill'), partnerId }),
  z.strictObject({ model: z.literal('indirect'), providerId: partnerId, resellerId: partnerId.optional().describe('The reseller of record') }),
]);

const scope = z.strictObject({ publisherId: entryId.nullable().optional(), offerId: entryId.nullable().optional() });

const partner = z.strictObject({
  id: partnerId.describe('PartnerID of the location that sells'), name: text, model: z.enum(PARTNER_MODELS),
  language: language.optional(), globalId: partnerId.optional(), locationIds: z.array(partnerId).max(1_000).optional(),
  modelByRegion: z.record(region, z.enum(PARTNER_MODELS)).optional(),
  providers: z.array(z.strictObject({ providerId: partnerId, region: region.optional(), ...period })).max(200).optional(),
  contacts: z.partialRecord(z.enum(['default', ...AREAS]), contact),
  partnerFirst: z.array(scope).max(200).optional(),
  contactOrder: contactOrder.optional(),
  informed: z.array(z.enum(AREAS)).max(AREAS.length).optional().describe('The areas in which it wants to be told of what others handle; left out: all'),
  supportCalendarId: entryId.optional(), responseTargets: responseTargets.optional(), acknowledgement,
});

const customer = z.strictObject({
  id: entryId, name: text, country: z.string().min(2).max(64).optional(), cloud: z.enum(CLOUDS).optional(), soldBy: soldBy.optional(),
  relationships: z.array(z.strictObject({ soldBy, region: region.optional(), ...period })).max(200).optional(),
  supportPlan: entryId.optional(),
});

const subscription = z.strictObject({
  id: entryId, customerId: entryId, offerId: entryId, channel: z.enum(CHANNELS), name: text.optional(), planId: entryId.optional(),
  soldBy: soldBy.optional(), supportContact: z.enum(SUPPORT_CONTACTS).optional(),
});

const entry = z.strictObject({
  area: z.enum([...AREAS, 'all']).nullable().optional(), customerId: entryId.nullable().optional(), supportPlan: entryId.nullable().optional(),
  publisherId: entryId.nullable().optional(), offerId: entryId.nullable().optional(), kind: z.enum(OFFER_KINDS).nullable().optional(),
  country: z.string().max(64).nullable().optional(), severity: z.enum(SEVERITIES).nullable().optional(),
  assignedTo: z.enum(ASSIGNEES), accountable: z.enum(SUPPORT_CONTACTS).nullable().optional(),
});

const agreement = z.strictObject({
  id: entryId, name: text.optional(), region: region.optional(), providerId: partnerId, resellerId: partnerId,
  from: dateOrInstant, to: dateOrInstant.nullable().optional(), entries: z.array(entry).max(1_000),
});

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is a time of the day, as 09:00; the last is 24:00');
const hours = z.strictObject({ from: time, to: time }).refine(({ from, to }) => from < to, 'begins before it ends');

const calendar = z.strictObject({
  id: entryId, name: text, timeZone: z.string().max(64).refine(isTimeZone, 'is an IANA time zone, as Europe/Berlin'),
  hours: z.partialRecord(z.enum(WEEKDAYS), z.array(hours).max(24)).refine((days) => Object.values(days).some((list) => list.length > 0), 'has at least one working time'),
  holidays: z.array(z.strictObject({ date: z.iso.date(), name: text.optional() })).max(2_000).optional(),
});

export const ENTRY_SCHEMAS = { publisher, offer, partner, customer, subscription, agreement, calendar } as const satisfies Record<DirectoryKind, z.ZodType>;
