import type { Reason } from '@handoff/contracts';
import type { DirectorySlice, HealthNotice } from '../directory/directory.js';
import type { TicketState } from '../tickets/ticket.js';

/** The outage that a person attached a ticket to, while it lasts at `at` (RFC 3339); after its end the rules answer by themselves. */
export function attachedByPerson({ noticeWord }: TicketState, { healthNotices }: DirectorySlice, at: string): HealthNotice | null {
  if (noticeWord?.isAttached !== true) return null;
  const notice = healthNotices.find(({ id }) => id === noticeWord.noticeId);
  return notice === undefined || !isOpenAt(notice, at) ? null : notice;
}

/** Whether a person said that a ticket does not belong to this outage. */
export function isDetached({ noticeWord }: TicketState, { id }: Pick<HealthNotice, 'id'>): boolean {
  return noticeWord?.isAttached === false && noticeWord.noticeId === id;
}

export function isOpenAt({ endedAt }: HealthNotice, at: string): boolean {
  return endedAt === null || Date.parse(at) < Date.parse(endedAt);
}

/**
 * Whether a ticket may be attached to an outage of this offer: of its own offer, or of another of the same publisher, who knows of
 * both. What the directory does not know of the ticket's offer cannot contradict it.
 */
export function mayBeAttached(offerId: string | null, notice: Pick<HealthNotice, 'offerId'>, { offers }: DirectorySlice): boolean {
  if (offerId === null || offerId === notice.offerId) return true;
  const own = offers.get(offerId);
  return own === undefined || own.publisherId === offers.get(notice.offerId)?.publisherId;
}

/** Why the ticket belongs to an outage that the rules would not see, or does not belong to one that they would; none without a person's word. */
export function attachmentReasons({ noticeWord }: TicketState, standing: HealthNotice | null): readonly Reason[] {
  if (noticeWord === undefined) return [];
  const { by, at, noticeId, isAttached } = noticeWord;
  if (isAttached && standing === null) return [];
  const code = isAttached ? 'attached-by-person' : 'detached-by-person';
  const source = 'Handoff default, where the guidance is silent';
  const what = isAttached ? `attached the ticket to the outage ${noticeId} at ${at}; nobody is asked while it lasts` : `said at ${at} that the ticket does not belong to the outage ${noticeId}`;
  const params = { at, notice: noticeId };
  return [by === null ? { code, text: `A person ${what}.`, source, message: `${code}.unnamed`, params } : { code, text: `${by} ${what}.`, source, message: code, params: { by, ...params } }];
}
