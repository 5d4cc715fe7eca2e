import type { HandoffEvent } from '@handoff/contracts';

const NOTIFICATION_RANK = 30_000;

/**
 * Of events of one moment, where each stands in the story of its ticket: what was received first, then what routing said by its
 * versions, then what came of messages.
 */
export function rankOf({ type, data }: HandoffEvent): number {
  if (type === 'handoff.ticket.received.v1' || type === 'handoff.health-notice.received.v1') return 0;
  if (type.startsWith('handoff.notification.') || type === 'handoff.health-notice.told.v1') return NOTIFICATION_RANK;
  return Math.min('ticketVersion' in data ? data.ticketVersion : 1, NOTIFICATION_RANK - 1);
}
