import type { ChannelKind } from '../notification/notification.js';

/** Which messages a suppression holds: those that fit all that is named. */
export interface Match {
  /** Every message; only where it is meant. */
  readonly everything?: true;
  /** A queue name of a party, as `isv/contoso`: its contacts, by whichever channel. */
  readonly destination?: string;
  /** A mail address, or a URL as it is shown. */
  readonly address?: string;
  readonly channel?: ChannelKind;
  /** The queue in which the ticket lies. */
  readonly queue?: string;
  readonly offerId?: string;
}

/** That some messages are kept back for a time. Nothing of it is ever deleted. */
export interface Suppression {
  readonly suppressionId: string;
  readonly match: Match;
  /** Tickets of severity A are told all the same, unless this says otherwise. */
  readonly includesSeverityA: boolean;
  readonly reason: string;
  readonly author: string;
  /** Who is warned before the end; `null`: only operations. */
  readonly authorEmail: string | null;
  /** RFC 3339, inclusive. */
  readonly from: string;
  /** Exclusive. */
  readonly until: string;
  readonly createdAt: string;
  /** Where somebody ended it before its time. */
  readonly ended: Ended | null;
}

export interface Ended {
  readonly at: string;
  readonly by: string;
}

export const SUPPRESSION_STATES = ['scheduled', 'in-force', 'ended'] as const;
export type SuppressionState = (typeof SUPPRESSION_STATES)[number];
