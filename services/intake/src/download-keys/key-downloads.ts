import type { Outbound } from '@handoff/outbound';
import type { Trust } from '../adapters/adapter.js';

export interface KeyDownloadsParts {
  readonly outbound: Outbound;
  /** Epoch ms. */
  readonly now: () => number;
}

interface Kept {
  readonly loadedAt: number;
  readonly body: Buffer;
}

/** Vendors publish a new key days before they use it, and withdraw one as rarely. */
const FRESH_MS = 300_000;
/** How long a key is still believed while its server does not answer. */
const STALE_MS = 3_600_000;
const KEPT_MAX = 200;
const UNDER_WAY_MAX = 16;
const BODY_BYTES_MAX = 262_144;
const TIMEOUT_MS = 5_000;

/**
 * The keys and certificates that signatures name, from the servers of their vendors. What could not be had is not kept, so
 * that nobody can push a good key out by naming bad ones.
 */
export class KeyDownloads {
  private readonly kept = new Map<string, Kept>();
  private readonly underWay = new Map<string, Promise<Buffer>>();

  constructor(private readonly parts: KeyDownloadsParts) {}

  /** @throws Error with a sentence, when it cannot be had now. */
  async fetch(url: string, headers: Parameters<Trust['download']>[1] = {}): Promise<Buffer> {
    const name = JSON.stringify([url, headers]);
    const kept = this.kept.get(name);
    if (kept !== undefined && this.ageMs(kept) <= FRESH_MS) return kept.body;
    try {
      return await (this.underWay.get(name) ?? this.load(name, url, headers));
    } catch (error) {
      if (kept !== undefined && this.ageMs(kept) <= STALE_MS) return kept.body;
      throw error;
    }
  }

  private load(name: string, url: string, headers: Readonly<Record<string, string>>): Promise<Buffer> {
    if (this.underWay.size >= UNDER_WAY_MAX) throw new Error(`${UNDER_WAY_MAX} keys are being fetched already.`);
    const loading = this.ask(url, headers).then((body) => {
      this.keep(name, body);
      return body;
    });
    this.underWay.set(name, loading);
    const end = (): boolean => this.underWay.delete(name);
    loading.then(end, end);
    return loading;
  }

  private async ask(url: string, headers: Readonly<Record<string, string>>): Promise<Buffer> {
    const outcome = await this.parts.outbound.call({ method: 'GET', url, headers, timeoutMs: TIMEOUT_MS, bodyBytesMax: BODY_BYTES_MAX });
    if (outcome.kind !== 'answered') throw new Error(outcome.detail);
    const { status, body } = outcome.answer;
    if (status !== 200) throw new Error(`The server of the key answered with ${status}.`);
    return body;
  }

  private keep(name: string, body: Buffer): void {
    this.kept.delete(name);
    this.kept.set(name, { loadedAt: this.parts.now(), body });
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_MAX && oldest !== undefined) this.kept.delete(oldest);
  }

  private ageMs({ loadedAt }: Kept): number {
    return this.parts.now() - loadedAt;
  }
}
