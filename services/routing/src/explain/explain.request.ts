import { AREAS, ASKERS, ASSIGNEES, CHANNELS, CLOUDS, CONTACT_KINDS, OFFER_KINDS, OWNERSHIPS, PARTNER_MODELS, SEVERITIES, SUPPORT_CONTACTS } from '@handoff/matrix';
import { z } from 'zod';
import { entryId as id } from '../directory/entry.schemas.js';
import { instant } from '../directory/instant.schema.js';

/** An optional value may be left out or null. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish();
const text = z.string().max(2_048);
const dateOrInstant = z.union([z.iso.date(), instant]);

const contact = z.object({ name: maybe(text), email: maybe(text), phone: maybe(text), url: maybe(text) });

const offer = z.object({
  id: maybe(id), publisherId: maybe(id), name: maybe(text), ownership: maybe(z.enum(OWNERSHIPS)), kind: maybe(z.enum(OFFER_KINDS)),
  contacts: maybe(z.object({ customerSupport: maybe(contact), cspProgram: maybe(contact), engineering: maybe(contact) })),
  governmentSupportUrl: maybe(text), clouds: maybe(z.array(z.enum(CLOUDS)).max(10)),
  documents: maybe(z.array(z.object({ title: text, url: text, kind: maybe(text) })).max(50)),
});

const subscription = z.object({
  id: maybe(id), channel: maybe(z.enum(CHANNELS)), supportContact: maybe(z.enum(SUPPORT_CONTACTS)), customerId: maybe(id), supportPlan: maybe(id), customerResellerId: maybe(id),
  partner: maybe(z.object({ model: z.enum(PARTNER_MODELS), partnerId: maybe(id), providerId: maybe(id), resellerId: maybe(id) })),
});

const entry = z.object({
  area: maybe(z.enum([...AREAS, 'all'])), customerId: maybe(id), supportPlan: maybe(id), publisherId: maybe(id), offerId: maybe(id),
  kind: maybe(z.enum(OFFER_KINDS)), country: maybe(text), severity: maybe(z.enum(SEVERITIES)), assignedTo: z.enum(ASSIGNEES), accountable: maybe(z.enum(SUPPORT_CONTACTS)),
});

const agreement = z.object({ id: maybe(id), providerId: id, resellerId: id, from: dateOrInstant, to: maybe(dateOrInstant), entries: z.array(entry).max(1_000) });
const partnerFirst = z.union([z.boolean(), z.array(z.object({ partnerId: maybe(id), publisherId: maybe(id), offerId: maybe(id) })).max(100)]);

/**
 * A question to the matrix. Whatever has an id in the directory may be given as that id, or inline as an object, or be left out;
 * only the area is asked for.
 */
export const explainRequest = z.object({
  ticket: z.object({
    area: z.enum(AREAS).nullable(), severity: maybe(z.enum(SEVERITIES)), asker: maybe(z.enum(ASKERS)), at: maybe(instant), cloud: maybe(z.enum(CLOUDS)),
    country: maybe(z.string().max(64)), language: maybe(z.string().max(64)), source: maybe(z.object({ partyId: maybe(id) })),
    customerId: maybe(id),
  }),
  asOf: maybe(instant).describe('Decide by the directory as it was at this time, which is also the time of a ticket that has none'),
  offer: maybe(z.union([id, offer])),
  offerId: maybe(id),
  customerId: maybe(id),
  subscription: maybe(z.union([id, subscription])),
  subscriptionId: maybe(id),
  agreements: maybe(z.array(agreement).max(1_000)),
  preferences: maybe(z.object({ partnerFirst: maybe(partnerFirst), contactOrder: maybe(z.array(z.enum(CONTACT_KINDS)).max(CONTACT_KINDS.length)), uninformed: maybe(z.array(id).max(1_000)) })),
  openHealthNotices: maybe(z.array(z.object({ id, offerId: maybe(id), summary: maybe(text), startedAt: maybe(instant), endedAt: maybe(instant) })).max(100)),
});

export type ExplainBody = z.output<typeof explainRequest>;

/**
 * What of a question was not understood and therefore ignored, as JSON pointers: a client may say more than we use,
 * but a slip of the pen shall not pass unseen.
 */
export function ignoredPaths(asked: unknown, understood: unknown, at = ''): string[] {
  if (typeof asked !== 'object' || asked === null || typeof understood !== 'object' || understood === null) return [];
  return Object.entries(asked).flatMap(([key, value]) => {
    const path = `${at}/${key}`;
    return key in understood ? ignoredPaths(value, (understood as Record<string, unknown>)[key], path) : [path];
  });
}
