import { Agent } from 'undici';
import { Agents } from './connect/agents.js';
import { guardedConnector } from './connect/guarded-connector.js';
import { once, resolveBy, systemResolve } from './connect/resolve.js';
import { type EgressPolicy, judge, type Judged } from './destination/destination.decision.js';
import { exchange } from './exchange/exchange.js';
import { outcomeOf } from './exchange/outcome.js';
import { notSent, type Outbound, type OutboundRequest, type Outcome } from './outbound.js';

export interface OutboundLimits {
  /** Look-up, TCP and TLS together. */
  readonly connectTimeoutMs: number;
  /** From the request to the end of the answer's headers. */
  readonly headersTimeoutMs: number;
  /** The whole call, with waiting for a connection. */
  readonly timeoutMs: number;
  /** Of the answer's body, as it came and decoded. */
  readonly bodyBytesMax: number;
  readonly headerBytesMax: number;
  /** Further calls wait for a connection. */
  readonly connectionsAnOriginMax: number;
}

export interface OutboundOptions {
  readonly policy: EgressPolicy;
  readonly limits?: Partial<OutboundLimits>;
  /** DNS servers that are asked in place of the operating system, each as `address` or `address:port`. */
  readonly dnsServers?: readonly string[];
  /** Sent with requests that name none. */
  readonly userAgent: string;
  readonly now?: () => Date;
}

const DEFAULT_LIMITS: OutboundLimits = { connectTimeoutMs: 5_000, headersTimeoutMs: 10_000, timeoutMs: 15_000, bodyBytesMax: 1_048_576, headerBytesMax: 16_384, connectionsAnOriginMax: 32 };
const KEEP_ALIVE_MS = 10_000;
const VERDICTS_KEPT_MAX = 1_000;
/** With another Host a request would reach, and TLS would check, another name than the one that was judged; the others frame the message. */
const CONNECTION_HEADERS: ReadonlySet<string> = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'keep-alive', 'expect', 'te', 'trailer', 'proxy-connection']);

/** Calls over kept connections to destinations that the policy allows. A redirect is an answer: it is not followed. */
export class GuardedOutbound implements Outbound {
  readonly limits: OutboundLimits;
  private readonly agents: Agents;
  private readonly verdicts = new Map<string, Judged>();
  private readonly now: () => Date;

  constructor(private readonly options: OutboundOptions) {
    const { policy, dnsServers = [], now = () => new Date() } = options;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.now = now;
    const { connectTimeoutMs, headersTimeoutMs, timeoutMs, headerBytesMax, connectionsAnOriginMax } = this.limits;
    const resolve = once(dnsServers.length === 0 ? systemResolve : resolveBy(dnsServers));
    this.agents = new Agents((tls) => new Agent({
      connect: guardedConnector({ policy, resolve, timeoutMs: connectTimeoutMs, tls }), connections: connectionsAnOriginMax, pipelining: 1, keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: headersTimeoutMs, bodyTimeout: timeoutMs, maxHeaderSize: headerBytesMax,
    }));
  }

  async call({ method, url, headers = {}, body, tls, signal, ...wanted }: OutboundRequest): Promise<Outcome> {
    const judged = this.judged(url);
    if ('problem' in judged) return notSent('refused-destination', judged.problem, judged.host);
    const { origin, path, host } = judged.destination;
    const reserved = Object.keys(headers).find((name) => CONNECTION_HEADERS.has(name.toLowerCase()));
    if (reserved !== undefined) return notSent('unsendable', `The header '${reserved}' belongs to the connection and cannot be set.`, host);

    const bodyBytesMax = Math.min(wanted.bodyBytesMax ?? Infinity, this.limits.bodyBytesMax);
    const timeoutMs = Math.min(wanted.timeoutMs ?? Infinity, this.limits.timeoutMs);
    const request = { origin, path, method, headers: { 'user-agent': this.options.userAgent, ...headers }, body: body ?? null };
    const exchanged = await exchange(this.agents.for(tls), request, { timeoutMs, bodyBytesMax, signal });
    return outcomeOf(exchanged, { host, bodyBytesMax, now: this.now });
  }

  /** What a URL says does not change, and a thousand messages go to the same one. What its name says is judged at every connection. */
  private judged(url: string): Judged {
    const known = this.verdicts.get(url);
    if (known !== undefined) return known;
    const judged = judge(url, this.options.policy);
    if (this.verdicts.size >= VERDICTS_KEPT_MAX) this.verdicts.clear();
    this.verdicts.set(url, judged);
    return judged;
  }

  /** Ends what is under way as `cancelled`. */
  async close(): Promise<void> {
    await this.agents.destroy();
  }
}
