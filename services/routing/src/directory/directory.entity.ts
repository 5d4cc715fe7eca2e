import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DirectoryEntry, DirectoryKind } from './directory-kinds.js';

/** What the tables of all kinds share. The document is the entry; other columns repeat of it what is looked up. */
export abstract class DirectoryEntity {
  @PrimaryColumn('text') id!: string;
  @Column('jsonb') document!: DirectoryEntry;
  @Column('integer') revision!: number;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
  @Column('text', { name: 'changed_by' }) changedBy!: string;
}

@Entity('publisher')
export class PublisherEntity extends DirectoryEntity {}

@Entity('offer')
export class OfferEntity extends DirectoryEntity {
  @Column('text', { name: 'publisher_id' }) publisherId!: string;
}

@Entity('partner')
export class PartnerEntity extends DirectoryEntity {}

@Entity('customer')
export class CustomerEntity extends DirectoryEntity {}

@Entity('subscription')
export class SubscriptionEntity extends DirectoryEntity {
  @Column('text', { name: 'customer_id' }) customerId!: string;
  @Column('text', { name: 'offer_id' }) offerId!: string;
}

@Entity('agreement')
export class AgreementEntity extends DirectoryEntity {
  @Column('text', { name: 'provider_id' }) providerId!: string;
  @Column('text', { name: 'reseller_id' }) resellerId!: string;
}

@Entity('calendar')
export class CalendarEntity extends DirectoryEntity {}

/** Every revision of every entry, written by triggers only. */
@Entity('directory_history')
export class RevisionEntity {
  @PrimaryColumn('text') kind!: DirectoryKind;
  @PrimaryColumn('text') id!: string;
  @PrimaryColumn('integer') revision!: number;
  @Column('jsonb', { nullable: true }) document!: DirectoryEntry | null;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
  @Column('text', { name: 'changed_by' }) changedBy!: string;
}

export const ENTITY_OF: Readonly<Record<DirectoryKind, new () => DirectoryEntity>> = {
  publisher: PublisherEntity, offer: OfferEntity, partner: PartnerEntity, customer: CustomerEntity,
  subscription: SubscriptionEntity, agreement: AgreementEntity, calendar: CalendarEntity,
};

export const DIRECTORY_ENTITIES: readonly (new () => object)[] = [...Object.values(ENTITY_OF), RevisionEntity];
