import { type Clock, Problem } from '@handoff/platform';
import type { Adapter, AdapterSettings } from '../adapters/adapter.js';
import { adapterOf } from '../adapters/adapters.js';
import type { Source, SourceChange } from '../sources/source.js';
import type { SourceCache } from '../sources/source-cache.js';
import type { SourceStore } from '../sources/source.store.js';
import { mappingOf } from './mapping-of.decision.js';
import type { ChangeSourceBody, CreateSourceBody, RotateSecretBody } from './source.body.js';

export interface ManageSourcesParts {
  readonly store: SourceStore;
  readonly cache: Pick<SourceCache, 'forget'>;
  readonly clock: Clock;
}

export interface SourceAndSecret {
  readonly source: Source;
  /** `null` where the system proves itself without one. */
  readonly secret: string | null;
}

const OLD_EXPIRES_IN_SECONDS = 86_400;

/** Creates, changes and removes sources. A secret leaves this class once, when it is made or given. */
export class ManageSourcesHandler {
  constructor(private readonly parts: ManageSourcesParts) {}

  /** One more than `limit` tells whether there is another page. */
  async list(after: string | null, limit: number): Promise<{ items: readonly Source[]; next: string | null }> {
    const found = await this.parts.store.list({ after, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? (items.at(-1)?.source ?? null) : null };
  }

  async find(name: string): Promise<Source> {
    const found = await this.parts.store.find(name);
    if (found === null) throw unknown(name);
    return found.source;
  }

  /** @throws Problem 409 `source-exists`, 422 `secret-unusable` or `invalid-content`. */
  async create(body: CreateSourceBody): Promise<SourceAndSecret> {
    const adapter = adapterOf(body.adapter);
    const secret = usableSecret(adapter, body.secret);
    const now = this.parts.clock.now().toISOString();
    const source: Source = {
      source: body.source,
      adapter: adapter.name,
      sourceParty: body.sourceParty ?? null,
      toleranceSeconds: body.toleranceSeconds === undefined ? adapter.defaultToleranceSeconds : toleranceOf(adapter, body.toleranceSeconds),
      mapping: mappingOf(body.mapping),
      settings: settingsOf(adapter, body.settings ?? {}),
      createdAt: now,
      updatedAt: now,
    };
    if (!(await this.parts.store.add(source, secret))) throw new Problem(409, 'source-exists', `There is a source '${body.source}' already. Change it with PATCH, or take another name.`);
    this.parts.cache.forget(body.source);
    return { source, secret };
  }

  async change(name: string, body: ChangeSourceBody): Promise<Source> {
    const adapter = adapterOf((await this.find(name)).adapter);
    const change: SourceChange = {
      ...(body.sourceParty === undefined ? {} : { sourceParty: body.sourceParty }),
      ...(body.toleranceSeconds === undefined ? {} : { toleranceSeconds: toleranceOf(adapter, body.toleranceSeconds) }),
      ...(body.mapping === undefined ? {} : { mapping: mappingOf(body.mapping) }),
      ...(body.settings === undefined ? {} : { settings: settingsOf(adapter, body.settings) }),
    };
    const source = await this.parts.store.change(name, change, this.parts.clock.now());
    if (source === null) throw unknown(name);
    this.parts.cache.forget(name);
    return source;
  }

  /** @throws Problem 409 `too-many-secrets` while several earlier rotations have not run out. */
  async rotate(name: string, body: RotateSecretBody): Promise<{ secret: string; oldExpireAt: Date }> {
    const adapter = adapterOf((await this.find(name)).adapter);
    const secret = usableSecret(adapter, body.secret);
    if (secret === null) throw new Problem(409, 'source-without-secret', `${adapter.title} proves itself without a secret of ours, so there is none to rotate.`);
    const now = this.parts.clock.now();
    const oldExpireAt = new Date(now.getTime() + (body.oldExpiresInSeconds ?? OLD_EXPIRES_IN_SECONDS) * 1_000);
    const outcome = await this.parts.store.rotate({ source: name, secret, now, oldExpireAt });
    if (outcome === 'unknown') throw unknown(name);
    if (outcome === 'too-many') throw new Problem(409, 'too-many-secrets', 'Too many earlier secrets still hold. Rotate with oldExpiresInSeconds 0 to end them now, or wait until they run out.');
    this.parts.cache.forget(name);
    return { secret, oldExpireAt };
  }

  async remove(name: string): Promise<void> {
    const isRemoved = await this.parts.store.remove(name);
    this.parts.cache.forget(name);
    if (!isRemoved) throw unknown(name);
  }
}

function usableSecret({ secret, title }: Adapter, given: string | undefined): string | null {
  if (given === undefined) return secret?.generate() ?? null;
  const problem = secret === null ? `${title} proves itself without a secret of ours; leave it out.` : secret.problem(given);
  if (problem !== null) throw new Problem(422, 'secret-unusable', problem, { fields: [{ field: '/secret', detail: problem }] });
  return given;
}

/** @throws Problem 422 `invalid-content` that names each setting at fault. */
function settingsOf({ settings, title }: Adapter, given: Readonly<Record<string, unknown>>): AdapterSettings {
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: ['/settings', ...path.map(String)].join('/'), detail: message }));
  throw new Problem(422, 'invalid-content', `The settings are not those of ${title}: ${fields.map(({ field, detail }) => `${field}: ${detail}`).slice(0, 5).join('; ')}.`, { fields });
}

function toleranceOf(adapter: Adapter, seconds: number | null): number | null {
  if (seconds !== null || adapter.defaultToleranceSeconds === null) return seconds;
  const detail = `must be a number: '${adapter.name}' signs its time, and an old webhook could be played again without the check`;
  throw new Problem(422, 'invalid-content', `toleranceSeconds ${detail}.`, { fields: [{ field: '/toleranceSeconds', detail }] });
}

function unknown(name: string): Problem {
  return new Problem(404, 'source-unknown', `There is no source '${name.slice(0, 64)}'.`);
}
