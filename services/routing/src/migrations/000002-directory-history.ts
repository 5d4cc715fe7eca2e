import type { MigrationInterface, QueryRunner } from 'typeorm';

const KIND_TABLES = ['publisher', 'offer', 'partner', 'customer', 'subscription', 'agreement', 'calendar'] as const;

/**
 * Revisions and history of the directory, kept by the database, so that no writer can leave them out.
 * A kind is named by its table. Entries no longer refer to each other by foreign key: an import may bring a
 * subscription before its offer.
 */
export class Routing1700000001002 implements MigrationInterface {
  name = 'Routing1700000001002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table offer drop constraint offer_publisher_id_fkey;
      alter table subscription drop constraint subscription_customer_id_fkey, drop constraint subscription_offer_id_fkey;
      alter table agreement drop constraint agreement_provider_id_fkey, drop constraint agreement_reseller_id_fkey;
      create table calendar (id text primary key, document jsonb not null);

      create index offer_publisher on offer (publisher_id);
      create index subscription_offer on subscription (offer_id);
      create index subscription_sold_by on subscription using gin ((document -> 'soldBy') jsonb_path_ops);
      create index customer_sold_by on customer using gin ((document -> 'soldBy') jsonb_path_ops);
      create index customer_relationships on customer using gin ((document -> 'relationships') jsonb_path_ops);
      create index agreement_reseller on agreement (reseller_id);

      create table directory_history (
        kind text not null,
        id text not null,
        revision integer not null,
        document jsonb, -- null: deleted
        changed_at timestamptz not null,
        changed_by text not null,
        primary key (kind, id, revision)
      );
      create index directory_history_deleted on directory_history (kind, id, revision) where document is null;
      create index directory_history_customer on directory_history ((document ->> 'customerId')) where kind = 'subscription';
      create index directory_history_pair on directory_history ((document ->> 'providerId'), (document ->> 'resellerId')) where kind = 'agreement';

      create table directory_change (
        seq bigint generated always as identity primary key,
        kind text not null,
        id text not null,
        changed_at timestamptz not null default now()
      );
    `);
    await runner.query(FUNCTIONS);
    for (const table of KIND_TABLES) await runner.query(triggersOf(table));
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}

/**
 * Times are cut to milliseconds, which is what clients see: asking for the time that an entry shows finds it.
 * The clock is read under the row's lock, so that times rise with revisions.
 * An entry that comes back after it was deleted goes on counting: its insert is followed by an update of the
 * revision alone, which then is what history gets.
 */
const FUNCTIONS = `
  create function directory_revise() returns trigger language plpgsql as $$
  begin
    if new.document is distinct from old.document then
      new.revision := old.revision + 1;
      new.changed_at := greatest(date_trunc('milliseconds', clock_timestamp()), old.changed_at);
    else
      new.revision := greatest(new.revision, old.revision);
      new.changed_at := old.changed_at;
      new.changed_by := old.changed_by;
    end if;
    return new;
  end $$;

  create function directory_inserted() returns trigger language plpgsql as $$
  begin
    insert into directory_history (kind, id, revision, document, changed_at, changed_by)
    select tg_table_name, n.id, n.revision, n.document, n.changed_at, n.changed_by from new_rows n
    where not exists (select 1 from directory_history h where h.kind = tg_table_name and h.id = n.id and h.document is null);
    execute format(
      'update %I t set revision = d.revision + 1
       from (select h.id, max(h.revision) as revision from directory_history h join new_rows n on n.id = h.id where h.kind = %L and h.document is null group by h.id) d
       where t.id = d.id', tg_table_name, tg_table_name);
    insert into directory_change (kind, id) select tg_table_name, id from new_rows order by id;
    return null;
  end $$;

  -- Many rows may be updated in one statement. The plan is kept from a first call with few rows, and with a nested loop over
  -- old and new rows it would take time by the square of their number.
  create function directory_updated() returns trigger language plpgsql set enable_nestloop = off as $$
  begin
    insert into directory_history (kind, id, revision, document, changed_at, changed_by)
    select tg_table_name, n.id, n.revision, n.document, n.changed_at, n.changed_by
    from new_rows n join old_rows o on o.id = n.id where o.revision <> n.revision;
    insert into directory_change (kind, id)
    select tg_table_name, n.id from new_rows n join old_rows o on o.id = n.id where o.document is distinct from n.document order by n.id;
    return null;
  end $$;

  create function directory_deleted() returns trigger language plpgsql as $$
  begin
    insert into directory_history (kind, id, revision, document, changed_at, changed_by)
    select tg_table_name, id, revision + 1, null, greatest(date_trunc('milliseconds', clock_timestamp()), changed_at),
           coalesce(nullif(current_setting('handoff.changed_by', true), ''), 'system')
    from old_rows;
    insert into directory_change (kind, id) select tg_table_name, id from old_rows order by id;
    return null;
  end $$;
`;

/** What was there before the history is its first revision, from now on: nobody knows since when it held. */
function triggersOf(table: string): string {
  return `
    alter table ${table}
      add column revision integer not null default 1,
      add column changed_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
      add column changed_by text not null default 'system';
    insert into directory_history (kind, id, revision, document, changed_at, changed_by)
    select '${table}', id, revision, document, changed_at, changed_by from ${table};
    create trigger directory_revise before update on ${table} for each row execute function directory_revise();
    create trigger directory_inserted after insert on ${table} referencing new table as new_rows for each statement execute function directory_inserted();
    create trigger directory_updated after update on ${table} referencing old table as old_rows new table as new_rows for each statement execute function directory_updated();
    create trigger directory_deleted after delete on ${table} referencing old table as old_rows for each statement execute function directory_deleted();
  `;
}
