import type { EgressPolicy } from '@handoff/outbound';
import { type Clock, Problem } from '@handoff/platform';
import type { Adapter, AdapterSettings } from '../adapters/adapter.js';
import { adapterOf } from '../adapters/adapters.js';
import { addressProblem } from '../sources/allowed-addresses.decision.js';
import type { Source, SourceChange, SourceWithSecrets } from '../sources/source.js';
import { EMPTY_MAPPING } from '../mapping/mapping.js';
import type { SourceCache } from '../sources/source-cache.js';
import type { SourceStore } from '../sources/source.store.js';
import { apiAccessOf } from './api-access.decision.js';
import { mappingOf } from './mapping-of.decision.js';
import { withPolling } from './polling.decision.js';
import type { ChangeSourceBody, CreateSourceBody, RotateSecretBody } from './source.body.js';

export interface ManageSourcesParts {
  readonly store: SourceStore;
  readonly cache: Pick<SourceCache, 'forget'>;
  readonly clock: Clock;
  /** Where the interfaces of systems may be. */
  readonly egress: EgressPolicy;
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

  async find(name: string): Promise<SourceWithSecrets> {
    const found = await this.parts.store.find(name);
    if (found === null) throw unknown(name);
    return found;
  }

  /** @throws Problem 409 `source-exists`, 422 `secret-unusable` or `invalid-content`. */
  async create(body: CreateSourceBody): Promise<SourceAndSecret> {
    const adapter = adapterOf(body.adapter);
    const secret = usableSecret(adapter, body.secret);
    const now = this.parts.clock.now().toISOString();
    const { apiCredentials = null, ...given } = withPolling(this.changeOf(adapter, { ...body, settings: body.settings ?? {} }), null, adapter);
    const source: Source = {
      source: body.source, adapter: adapter.name, sourceParty: null, toleranceSeconds: adapter.defaultToleranceSeconds, mapping: EMPTY_MAPPING, settings: {},
      pausedAt: null, allowedAddresses: [], requestsPerSecondMax: null, api: null, reconcileEverySeconds: null, ownActors: [], copiesOnly: false, ...given, createdAt: now, updatedAt: now,
    };
    requireReadable(adapter, source);
    if (!(await this.parts.store.add(source, secret, apiCredentials))) throw new Problem(409, 'source-exists', `There is a source '${body.source}' already. Change it with PATCH, or take another name.`);
    this.parts.cache.forget(body.source);
    return { source, secret };
  }

  async change(name: string, body: ChangeSourceBody): Promise<Source> {
    const { source } = await this.find(name);
    const adapter = adapterOf(source.adapter);
    const change = withPolling(this.changeOf(adapter, body), source, adapter);
    requireReadable(adapter, { ...source, ...change });
    return this.apply(name, change);
  }

  /** Holds its webhooks back: they are taken, and handled when it is resumed. */
  async pause(name: string): Promise<Source> {
    const { source } = await this.find(name);
    return source.pausedAt === null ? this.apply(name, { pausedAt: this.parts.clock.now().toISOString() }) : source;
  }

  async resume(name: string): Promise<Source> {
    return this.apply(name, { pausedAt: null });
  }

  /** @throws Problem 409 `too-many-secrets` while several earlier rotations have not run out. */
  async rotate(name: string, body: RotateSecretBody): Promise<{ secret: string; oldExpireAt: Date }> {
    const adapter = adapterOf((await this.find(name)).source.adapter);
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

  private async apply(name: string, change: SourceChange): Promise<Source> {
    const source = await this.parts.store.change(name, change, this.parts.clock.now());
    if (source === null) throw unknown(name);
    this.parts.cache.forget(name);
    return source;
  }

  /** What the body names, checked. */
  private changeOf(adapter: Adapter, body: ChangeSourceBody): SourceChange {
    const { sourceParty, toleranceSeconds, mapping, settings, allowedAddresses, requestsPerSecondMax, api, reconcileEverySeconds, ownActors, copiesOnly } = body;
    return {
      ...(sourceParty === undefined ? {} : { sourceParty }),
      ...(toleranceSeconds === undefined ? {} : { toleranceSeconds: toleranceOf(adapter, toleranceSeconds) }),
      ...(mapping === undefined ? {} : { mapping: mappingOf(mapping) }),
      ...(settings === undefined ? {} : { settings: settingsOf(adapter, settings) }),
      ...(allowedAddresses === undefined ? {} : { allowedAddresses: addressesOf(allowedAddresses) }),
      ...(requestsPerSecondMax === undefined ? {} : { requestsPerSecondMax }),
      ...(api === undefined ? {} : api === null ? { api, apiCredentials: null } : apiAccessOf(adapter, api, this.parts.egress)),
      ...(reconcileEverySeconds === undefined ? {} : { reconcileEverySeconds }),
      ...(ownActors === undefined ? {} : { ownActors }),
      ...(copiesOnly === undefined ? {} : { copiesOnly }),
    };
  }
}

/** What polls needs access, and a system that can be asked what changed. */
function requireReadable(adapter: Adapter, { api, reconcileEverySeconds }: Pick<Source, 'api' | 'reconcileEverySeconds'>): void {
  if (reconcileEverySeconds === null) return;
  if (adapter.api?.updatedSince === undefined) throw invalid('/reconcileEverySeconds', `must be left out: ${adapter.title} cannot be asked what changed`);
  if (api === null) throw invalid('/reconcileEverySeconds', 'needs api: without it nothing can be read');
}

function addressesOf(entries: readonly string[]): readonly string[] {
  const fields = entries.flatMap((entry, index) => {
    const detail = addressProblem(entry);
    return detail === null ? [] : [{ field: `/allowedAddresses/${index}`, detail }];
  });
  if (fields.length > 0) throw new Problem(422, 'invalid-content', `The list of addresses is not valid: ${fields.map(({ detail }) => detail).slice(0, 5).join('; ')}.`, { fields });
  return entries;
}

function invalid(field: string, detail: string): Problem {
  return new Problem(422, 'invalid-content', `'${field.slice(1)}' ${detail}.`, { fields: [{ field, detail }] });
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
  throw invalid('/toleranceSeconds', detail);
}

function unknown(name: string): Problem {
  return new Problem(404, 'source-unknown', `There is no source '${name.slice(0, 64)}'.`);
}
