import type { Party } from './decision.js';
import type { Area } from './vocabulary.js';

/**
 * The queue of who must act next: the first contact's. A party that is not known has no queue, so its
 * ticket waits in `unassigned`.
 */
export function queueOf(party: Party, area: Area): string {
  switch (party.role) {
    case 'microsoft':
      return `microsoft/${area}`;
    case 'isv-publisher':
      return named('isv', party.partyId);
    case 'direct-bill-partner':
    case 'indirect-provider':
    case 'indirect-reseller':
      return named('partner', party.partyId);
  }
}

function named(kind: 'isv' | 'partner', partyId: string | null): string {
  return partyId === null ? 'unassigned' : `${kind}/${partyId}`;
}
