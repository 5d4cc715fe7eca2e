import type { Outbound } from '@handoff/outbound';
import type { Adapter } from '../adapters/adapter.js';
import { adapterOf } from '../adapters/adapters.js';
import type { ReadContext, SourceApi } from '../adapters/source-api.js';
import type { Source, SourceWithSecrets } from '../sources/source.js';
import type { SourceStore } from '../sources/source.store.js';
import { SourceCalls } from './source-calls.js';
import { SourceUserGrant } from './source-user-grant.js';

/** A source whose system can be read. */
export interface ReadableSource {
  readonly source: Source;
  readonly adapter: Adapter;
  readonly api: SourceApi;
  readonly calls: SourceCalls;
}

const SOURCES_MAX = 1_000;

/** The interfaces of sources. Each is kept as long as its source does not change, so that what an adapter learned of the system holds. */
export class SourceApis {
  private readonly kept = new Map<string, { readonly updatedAt: string; readonly calls: SourceCalls }>();

  constructor(private readonly parts: { readonly outbound: Outbound; readonly sources: Pick<SourceStore, 'find' | 'renewRefreshToken'> }) {}

  /** `null`: the source has no access to its system's interface. */
  of({ source, apiCredentials }: SourceWithSecrets): ReadableSource | null {
    const adapter = adapterOf(source.adapter);
    const { api } = adapter;
    if (api === undefined || source.api === null || apiCredentials === null) return null;
    const known = this.kept.get(source.source);
    if (known?.updatedAt === source.updatedAt) return { source, adapter, api, calls: known.calls };
    const { outbound, sources } = this.parts;
    const calls = new SourceCalls({ outbound, source: source.source, baseUrl: source.api.baseUrl, api, credentials: apiCredentials, grant: new SourceUserGrant(sources, source) });
    this.keep(source, calls);
    return { source, adapter, api, calls };
  }

  private keep({ source, updatedAt }: Source, calls: SourceCalls): void {
    this.kept.delete(source);
    const [oldest] = this.kept.keys();
    if (oldest !== undefined && this.kept.size >= SOURCES_MAX) this.kept.delete(oldest);
    this.kept.set(source, { updatedAt, calls });
  }
}

export function readContextOf({ source, calls }: ReadableSource, now: Date): ReadContext {
  return { api: calls, now, receivedAt: now, severities: source.mapping.severities, settings: source.settings };
}
