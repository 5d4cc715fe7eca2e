import type { EventOf } from '@handoff/contracts';
import type { NoticePartnerRow, NoticeRow } from '../read-model/read-model.js';
import { isLater } from './stamp.decision.js';

/** An outage after a report of its publisher. */
export function noticeReported(former: NoticeRow | null, { data, id, time }: EventOf<'handoff.health-notice.received.v1'>): NoticeRow {
  const { noticeId, offerId, summary, startedAt, endedAt } = data;
  const reported = { summary, startedAt, endedAt, at: time, eventId: id };
  if (former?.reported != null && !isLater(reported, former.reported)) return former;
  return { noticeId, offerId, told: former?.told ?? null, reported };
}

/** An outage after its partners, or one of them, were to be told. Those of one version say the same. */
export function noticeTold(former: NoticeRow | null, { data }: EventOf<'handoff.health-notice.affected.v1'>): NoticeRow {
  const { noticeId, offerId, noticeVersion, summary, startedAt, endedAt, offerName, publisherName } = data;
  if (former?.told != null && former.told.version >= noticeVersion) return former;
  return { noticeId, offerId, reported: former?.reported ?? null, told: { version: noticeVersion, summary, startedAt, endedAt, offerName, publisherName } };
}

/** A partner of an outage, after it was found that the outage concerns it. */
export function partnerAffected(former: NoticePartnerRow | null, { data }: EventOf<'handoff.health-notice.affected.v1'>): NoticePartnerRow {
  const { noticeId, partnerId, noticeVersion, partnerName, destination, customersTotal } = data;
  if (former?.affected != null && former.affected.version >= noticeVersion) return former;
  return { noticeId, partnerId, message: former?.message ?? null, affected: { version: noticeVersion, partnerName, destination, customersTotal } };
}

/** A partner of an outage, after it became known what came of a message to it. */
export function partnerTold(former: NoticePartnerRow | null, { data, id }: EventOf<'handoff.health-notice.told.v1'>): NoticePartnerRow {
  const { noticeId, partnerId, noticeVersion, outcome, channel, at, code, detail } = data;
  const message = { version: noticeVersion, outcome, channel, at, eventId: id, code, detail };
  const known = former?.message ?? null;
  const isNews = known === null || noticeVersion > known.version || (noticeVersion === known.version && isLater(message, known));
  return isNews ? { noticeId, partnerId, affected: former?.affected ?? null, message } : (former as NoticePartnerRow);
}
