import type { EventOf } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { Page } from '@handoff/platform';
import type { HealthNotice, Offer, Partner, Publisher } from '../directory/directory.js';
import type { Affected, Sale } from './affected.decision.js';

export const STAGES = ['collect', 'tell'] as const;
/** First it is found out whom a notice concerns, then they are told. */
export type Stage = (typeof STAGES)[number];

/** A notice that is being told, and how far. */
export interface Telling {
  readonly notice: HealthNotice;
  readonly version: number;
  readonly stage: Stage;
  /** The last subscription that was read, or the last partner that was told. */
  readonly position: string;
}

/** A partner that a notice concerns or concerned. */
export interface ConcernedPartner {
  readonly partnerId: string;
  readonly partner: Partner | undefined;
  /** The last version of which it was told; 0: none. */
  readonly toldVersion: number;
  readonly customers: readonly { readonly customerId: string; readonly name: string }[];
  readonly customersTotal: number;
}

/** What became of a message to a partner. */
export interface NoticeMessage {
  readonly notificationId: string;
  readonly version: number;
  readonly channel: string;
  readonly outcome: string;
  readonly at: string;
  readonly code: string | null;
  readonly detail: string;
}

export interface NoticeRecord {
  readonly notice: HealthNotice;
  readonly version: number;
  readonly changedAt: string;
  readonly partners: number;
  /** Those that were told of the newest version. */
  readonly partnersTold: number;
  /** What hinders the telling, where something does. */
  readonly failure: string | null;
}

export interface PartnerRecord {
  readonly partnerId: string;
  readonly partnerName: string | null;
  readonly customers: number;
  readonly toldVersion: number;
  readonly toldAt: string | null;
  readonly messages: readonly NoticeMessage[];
}

/** Keeps whom outages concern, and what each was told. */
export interface NoticeStore {
  /** Begins to tell of a version, in place of an earlier one. */
  begin(tx: Transaction, noticeId: string, version: number, now: Date): Promise<void>;
  /** Locks the notice that waits longest to be told of; those that another process has in hand are passed over. `null`: none is due. */
  takeDue(tx: Transaction, now: Date): Promise<Telling | null>;
  /** Subscriptions of the offer after one, in the order of their ids. */
  sales(tx: Transaction, offerId: string, after: string, limit: number): Promise<readonly (Sale & { readonly subscriptionId: string })[]>;
  note(tx: Transaction, telling: Telling, affected: readonly Affected[]): Promise<void>;
  /** Partners after one, in the order of their ids: those with customers on the offer now, and those that were told before. */
  partners(tx: Transaction, telling: Telling, limit: number): Promise<readonly ConcernedPartner[]>;
  names(tx: Transaction, offerId: string): Promise<{ readonly offer: Offer | undefined; readonly publisher: Publisher | undefined }>;
  told(tx: Transaction, telling: Telling, partners: readonly ConcernedPartner[], now: Date): Promise<void>;
  advance(tx: Transaction, noticeId: string, to: Pick<Telling, 'stage' | 'position'>): Promise<void>;
  finish(tx: Transaction, noticeId: string): Promise<void>;
  /** Notes a failure; the next attempt waits longer, up to an hour. */
  fail(tx: Transaction, noticeId: string, failure: { readonly text: string; readonly now: Date }): Promise<void>;

  keepMessages(tx: Transaction, events: readonly EventOf<'handoff.health-notice.told.v1'>[]): Promise<void>;
  /** The last changed first. */
  list(tx: Transaction, query: { readonly offerId?: string | undefined; readonly isOpen?: boolean | undefined; readonly cursor?: string | undefined; readonly limit: number }): Promise<Page<NoticeRecord>>;
  find(tx: Transaction, noticeId: string): Promise<NoticeRecord | null>;
  /** In the order of their ids. */
  partnersOf(tx: Transaction, noticeId: string, query: { readonly cursor?: string | undefined; readonly limit: number }): Promise<Page<PartnerRecord>>;
}

export const NOTICE_STORE = Symbol('NOTICE_STORE');
