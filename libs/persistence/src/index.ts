export * from './postgres/data-source.js';
export * from './postgres/messaging.migration.js';
export * from './postgres/migrate.js';
export * from './postgres/postgres.errors.js';
export * from './postgres/postgres.outbox.js';
export * from './postgres/postgres.transactions.js';
export * from './postgres/query-within.js';
export * from './postgres/sealed-rows.js';
