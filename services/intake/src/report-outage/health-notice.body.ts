import { InstantField, NameField } from '../http/fields.js';

/** A publisher's report of an outage, of news about it, or of its end. */
export class HealthNoticeBody {
  @NameField({ description: 'The same for all notices about one outage.', example: 'outage-7' }) noticeId!: string;
  @NameField({ example: 'contoso-crm' }) offerId!: string;
  @NameField({ example: 'Sign-in is down in Europe.' }, 4_096) summary!: string;
  @InstantField({ example: '2026-11-01T09:00:00Z' }) startedAt!: string;
  @InstantField({ optional: true, nullable: true, description: 'Missing or null while the outage lasts.', example: '2026-11-01T10:30:00Z' }) endedAt?: string | null;
}
