import type { PartnerFirstInput } from './explain-request.js';
import type { Facts, PartnerFirstScope } from './facts.js';
import { error } from './findings.js';
import type { Finding } from './findings.js';
import type { Area, ContactKind } from './vocabulary.js';

/** What one partner or publisher prefers, beside the matrix, which stays as it is. */
export interface Overlay {
  /** `partner/<id>` or `publisher/<id>`. It counts for tickets in which this party has a part. */
  readonly owner: string;
  readonly prefer: OverlayPreferences;
}

export interface OverlayPreferences {
  /** A partner alone: products of which it takes how-to and break-fix questions first. `{}` is every product. */
  readonly partnerFirst?: readonly Omit<PartnerFirstInput, 'partnerId'>[];
  /** Which of the publisher's contacts comes first. Engineering is always the last resort. */
  readonly contactOrder?: readonly Exclude<ContactKind, 'engineering'>[];
  /** A partner alone: the areas in which it wants to be told of what others handle. Left out: all of them. */
  readonly informed?: readonly Area[];
}

const OWNER = /^(partner|publisher)\/./;

/**
 * The facts of a ticket with what its parties prefer. Nobody becomes responsible by that, and no contact is
 * shown to an audience that the rules would not show it to. Where partner and publisher both have an order of
 * contacts, the publisher's holds, for the contacts are its own.
 */
export function applyOverlays(facts: Facts, overlays: readonly Overlay[]): Facts {
  const publisherId = facts.offer?.publisherId ?? null;
  const ofPartners = partnerIdsOf(facts).flatMap((id) => preferencesOf(`partner/${id}`, overlays).map((prefer) => ({ id, prefer })));
  const ofPublisher = publisherId === null ? [] : preferencesOf(`publisher/${publisherId}`, overlays);
  const orders = [...ofPublisher, ...ofPartners.map(({ prefer }) => prefer)].map(({ contactOrder }) => contactOrder);
  const { area } = facts.ticket;
  const uninformed = ofPartners
    .filter(({ prefer }) => prefer.informed !== undefined && area !== null && !prefer.informed.includes(area))
    .map(({ id }) => id);
  return {
    ...facts,
    partnerFirst: [...facts.partnerFirst, ...ofPartners.flatMap(({ id, prefer }) => scopesOf(id, prefer))],
    preferences: {
      contactOrder: orders.find((order) => order !== undefined) ?? facts.preferences?.contactOrder ?? [],
      uninformed: [...(facts.preferences?.uninformed ?? []), ...uninformed],
    },
  };
}

/** What is wrong with an overlay: an owner that is none, or a wish that is not the owner's to have. */
export function lintOverlay({ owner, prefer }: Overlay, path: string): readonly Finding[] {
  const kind = OWNER.exec(owner)?.[1];
  if (kind === undefined) {
    const message = `'${owner}' is neither a partner nor a publisher.`;
    const remedy = "Write 'partner/<id>' or 'publisher/<id>'.";
    return [error({ code: 'owner-unknown', path: `${path}.owner`, message, remedy })];
  }
  if (kind === 'partner') return [];
  return (['partnerFirst', 'informed'] as const)
    .filter((name) => prefer[name] !== undefined)
    .map((name) =>
      error({
        code: 'preference-not-owners',
        path: `${path}.prefer.${name}`,
        message: `'${name}' is a partner's choice, and '${owner}' is a publisher.`,
        remedy: `Move it to an overlay whose owner is 'partner/<id>'.`,
      }),
    );
}

function preferencesOf(owner: string, overlays: readonly Overlay[]): readonly OverlayPreferences[] {
  return overlays.filter((overlay) => overlay.owner === owner).map(({ prefer }) => prefer);
}

function scopesOf(partnerId: string, { partnerFirst = [] }: OverlayPreferences): readonly PartnerFirstScope[] {
  return partnerFirst.map(({ publisherId, offerId }) => ({
    partnerId,
    publisherId: publisherId ?? null,
    offerId: offerId ?? null,
  }));
}

function partnerIdsOf({ subscription }: Facts): readonly string[] {
  if (subscription === null || subscription.partner === null) return [];
  const { partner, customerResellerId } = subscription;
  const ids = partner.model === 'direct-bill' ? [partner.partnerId] : [partner.providerId, partner.resellerId ?? customerResellerId];
  return ids.filter((id) => id !== null);
}
