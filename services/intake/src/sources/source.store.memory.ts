import type { ApiCredentials } from './api-credentials.js';
import { holdsAt, SECRETS_MAX, type Source, type SourceChange, type SourceSecret, type SourceWithSecrets } from './source.js';
import type { Rotation, SourceStore } from './source.store.js';

/** The twin of the table for tests. */
export class MemorySourceStore implements SourceStore {
  private readonly sources = new Map<string, SourceWithSecrets>();
  private secretsMade = 0;

  find(source: string): Promise<SourceWithSecrets | null> {
    return Promise.resolve(this.sources.get(source) ?? null);
  }

  list({ after, limit }: { after: string | null; limit: number }): Promise<readonly Source[]> {
    const names = [...this.sources.keys()].filter((name) => after === null || name > after).sort();
    return Promise.resolve(names.slice(0, limit).flatMap((name) => this.sources.get(name)?.source ?? []));
  }

  add(source: Source, secret: string | null, apiCredentials: ApiCredentials | null = null): Promise<boolean> {
    if (this.sources.has(source.source)) return Promise.resolve(false);
    this.sources.set(source.source, { source: structuredClone(source), secrets: secret === null ? [] : [this.newSecret(secret, source.createdAt)], apiCredentials });
    return Promise.resolve(true);
  }

  change(name: string, change: SourceChange, now: Date): Promise<Source | null> {
    const found = this.sources.get(name);
    if (found === undefined) return Promise.resolve(null);
    const { apiCredentials = found.apiCredentials, ...fields } = change;
    const source = structuredClone({ ...found.source, ...fields, updatedAt: now.toISOString() });
    this.sources.set(name, { ...found, source, apiCredentials });
    return Promise.resolve(source);
  }

  rotate({ source: name, secret, now, oldExpireAt }: Rotation): Promise<'rotated' | 'unknown' | 'too-many'> {
    const found = this.sources.get(name);
    if (found === undefined) return Promise.resolve('unknown');
    const old = found.secrets.map((each) => ({ ...each, expiresAt: earlier(each, oldExpireAt) })).filter((each) => holdsAt(each, now));
    if (old.length >= SECRETS_MAX) return Promise.resolve('too-many');
    this.sources.set(name, { ...found, secrets: [this.newSecret(secret, now.toISOString()), ...old] });
    return Promise.resolve('rotated');
  }

  renewRefreshToken(name: string, former: string, by: string): Promise<void> {
    const found = this.sources.get(name);
    if (found?.apiCredentials?.auth === 'oauth2-refresh-token' && found.apiCredentials.refreshToken === former) this.sources.set(name, { ...found, apiCredentials: { ...found.apiCredentials, refreshToken: by } });
    return Promise.resolve();
  }

  remove(source: string): Promise<boolean> {
    return Promise.resolve(this.sources.delete(source));
  }

  private newSecret(secret: string, createdAt: string): SourceSecret {
    this.secretsMade += 1;
    return { id: String(this.secretsMade), secret, createdAt, expiresAt: null };
  }
}

function earlier({ expiresAt }: SourceSecret, at: Date): string {
  return expiresAt !== null && Date.parse(expiresAt) < at.getTime() ? expiresAt : at.toISOString();
}
