import { createHash } from 'node:crypto';
import { Agent } from 'undici';
import type { ClientTls } from '../outbound.js';

/** Clients with a certificate have connections of their own. Of more than this, those that began first are closed once idle. */
const TLS_AGENTS_MAX = 100;

/** Keeps connections, one pool an origin, and apart by the certificate that we show. */
export class Agents {
  private readonly plain: Agent;
  private readonly byTls = new Map<string, Agent>();
  private readonly keys = new WeakMap<ClientTls, string>();

  constructor(private readonly open: (tls: ClientTls | null) => Agent) {
    this.plain = open(null);
  }

  for(tls: ClientTls | undefined): Agent {
    if (tls === undefined) return this.plain;
    const key = this.keyOf(tls);
    const known = this.byTls.get(key);
    if (known !== undefined) return known;
    const agent = this.open(tls);
    this.byTls.set(key, agent);
    this.closeOldest();
    return agent;
  }

  async destroy(): Promise<void> {
    await Promise.all([this.plain, ...this.byTls.values()].map((agent) => agent.destroy()));
  }

  private keyOf(tls: ClientTls): string {
    const known = this.keys.get(tls) ?? createHash('sha256').update(JSON.stringify([tls.cert, tls.key, tls.ca])).digest('base64');
    this.keys.set(tls, known);
    return known;
  }

  private closeOldest(): void {
    const [oldest] = this.byTls;
    if (oldest === undefined || this.byTls.size <= TLS_AGENTS_MAX) return;
    this.byTls.delete(oldest[0]);
    void oldest[1].close();
  }
}
