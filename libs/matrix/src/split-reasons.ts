import type { AgreedEntry } from './agreement-entry.js';
import type { NamedParty } from './decision.js';
import { reason } from './messages/say.js';
import type { CspSide } from './partners.js';
import { HANDOFF_DEFAULT, SUPPORT_PAGE } from './reasons.js';
import type { Reason } from './reasons.js';

const ASSIGNING_PAGE = 'Partner Center documentation: support contacts of a subscription';
const NONE: readonly Reason[] = [];

/** Why this partner, of a pair, is the one that acts. */
export function splitReasons({ basis, lead, handover, sharedWith }: CspSide): readonly Reason[] {
  switch (basis.kind) {
    case 'alone':
      return NONE;
    case 'no-reseller':
      return [reason('no-reseller-known', HANDOFF_DEFAULT, 'no-reseller-known', { provider: lead })];
    case 'agreed':
      return sharedWith === null
        ? [entryReason(basis.agreed, lead)]
        : [entryReason(basis.agreed, null), sharedReason(basis.agreed, lead)];
    case 'no-agreement':
      return [
        reason('no-agreement-in-force', SUPPORT_PAGE, 'no-agreement-in-force', {
          provider: handover,
          reseller: basis.reseller,
        }),
        basis.isDesignated
          ? reason('support-contact-designated', ASSIGNING_PAGE, 'support-contact-designated', { partner: lead })
          : reason('provider-by-default', ASSIGNING_PAGE, 'provider-by-default', { provider: lead }),
      ];
  }
}

/** `to` is null where the entry gives the matter to both. */
function entryReason({ agreement, entry, entryNumber }: AgreedEntry, to: NamedParty | null): Reason {
  const { id, providerId, resellerId, from } = agreement;
  const source = `Agreement ${id ?? `${providerId}/${resellerId}`} from ${from}, entry ${entryNumber}`;
  const given = { providerId, resellerId, from, area: entry.area ?? 'all' };
  return to === null
    ? reason('agreement-entry', source, 'agreement-entry.both', given)
    : reason('agreement-entry', source, 'agreement-entry.one', { ...given, to });
}

function sharedReason({ entry }: AgreedEntry, accountable: NamedParty): Reason {
  return entry.accountable === null
    ? reason('shared-by-agreement', HANDOFF_DEFAULT, 'shared-by-agreement.names-neither', { accountable })
    : reason('shared-by-agreement', SUPPORT_PAGE, 'shared-by-agreement', { accountable });
}
