import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartupError, withClient } from '@handoff/engines';

export interface PreparedDatabase {
  /** The connection string of each service: its own role, or the given one for all. */
  readonly urls: Readonly<Record<string, string>>;
  /** Said at start when something is not as it should be. */
  readonly note: string | undefined;
}

interface Client {
  query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
}

interface RoleStanding {
  readonly may_create_roles: boolean;
  readonly is_superuser: boolean;
}

/**
 * Gives each service a schema and a role of its own, both named like it, so that none can read another's tables. The
 * roles' passwords are kept in `database.json`. Where the given role may not create roles, it serves all services.
 */
export async function prepareDatabase(
  adminUrl: string,
  names: readonly string[],
  dataDir: string,
): Promise<PreparedDatabase> {
  const passwords = await keptPasswords(path.join(dataDir, 'database.json'), names);
  return withClient(adminUrl, async (client) => {
    const { rows } = await client.query<RoleStanding>(
      `select rolcreaterole or rolsuper as may_create_roles, rolsuper as is_superuser
       from pg_roles where rolname = current_user`,
    );
    const standing = rows[0];
    if (!standing?.may_create_roles) return shareOneRole(client, adminUrl, names);
    const urls: Record<string, string> = {};
    for (const name of names) {
      const password = passwords[name] ?? '';
      await createRole(client, { name, password, grantToSelf: !standing.is_superuser });
      urls[name] = urlFor(adminUrl, name, password);
    }
    return { urls, note: undefined };
  });
}

interface Role {
  readonly name: string;
  readonly password: string;
  /** Who is no superuser must be a member of a role to make a schema for it. */
  readonly grantToSelf: boolean;
}

async function createRole(client: Client, { name, password, grantToSelf }: Role): Promise<void> {
  const role = identifier(name);
  const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  const verb = rows.length === 0 ? 'create' : 'alter';
  // Passwords are base64url: no quote can be in them.
  await client.query(`${verb} role ${role} with login password '${password}'`);
  if (grantToSelf) await client.query(`grant ${role} to current_user`);
  await client.query(`create schema if not exists ${role} authorization ${role}`);
}

async function shareOneRole(client: Client, adminUrl: string, names: readonly string[]): Promise<PreparedDatabase> {
  for (const name of names) {
    await client.query(`create schema if not exists ${identifier(name)}`).catch((error: Error) => {
      throw new StartupError(
        `The role of DATABASE_URL may not create the schema "${name}" (${error.message}): grant it CREATE on the database, or make the schema for it.`,
      );
    });
  }
  return {
    urls: Object.fromEntries(names.map((name) => [name, adminUrl])),
    note: 'The role of DATABASE_URL may not create roles, so all services use it; a role for each keeps them apart.',
  };
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The same server and database, as another role. */
export function urlFor(adminUrl: string, role: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent(password);
  return url.href;
}

async function keptPasswords(file: string, names: readonly string[]): Promise<Record<string, string>> {
  const kept = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, string>;
  const missing = names.filter((name) => kept[name] === undefined);
  if (missing.length === 0) return kept;
  const fresh = missing.map((name) => [name, randomBytes(24).toString('base64url')] as const);
  const all = { ...kept, ...Object.fromEntries(fresh) };
  await writeFile(file, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  return all;
}
