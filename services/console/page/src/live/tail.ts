import type { LiveMessage, LiveStatus, TicketChange } from './live-message.js';
import { mergedChanges } from './merged-changes.decision.js';

const FLUSH_MS = 250;
const RETRY_MS_MIN = 1_000;
const RETRY_MS_MAX = 30_000;
/** The server sends a heartbeat more often. */
const SILENCE_MS_MAX = 40_000;

/** The one connection for what changes. It comes back by itself, and says when it cannot. */
export class Tail {
  private source: EventSource | null = null;
  private pending: readonly TicketChange[] = [];
  private flushTimer: ReturnType<typeof setTimeout> | undefined;
  private silenceTimer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private lastId = '';
  status: LiveStatus = 'connecting';

  constructor(private readonly tell: (message: LiveMessage) => void) {
    this.open();
  }

  /** Tries at once, as after a new session. */
  reopen(): void {
    if (this.status === 'live') return;
    this.failures = 0;
    this.open();
  }

  close(): void {
    this.source?.close();
    clearTimeout(this.flushTimer);
    clearTimeout(this.silenceTimer);
  }

  private open(): void {
    this.source?.close();
    // A connection that is opened anew does not say by itself where the former one ended.
    const source = new EventSource(this.lastId === '' ? '/api/live' : `/api/live?lastEventId=${encodeURIComponent(this.lastId)}`);
    this.source = source;
    source.onopen = () => { this.failures = 0; this.become('live'); this.heard(); };
    source.onerror = () => void this.failed(source);
    source.addEventListener('changes', (event) => this.received(event));
    source.addEventListener('heartbeat', (event) => { this.lastId = event.lastEventId || this.lastId; this.heard(); });
    source.addEventListener('resync', (event) => { this.lastId = event.lastEventId || this.lastId; this.heard(); this.tell({ kind: 'resync' }); });
  }

  private received(event: MessageEvent<string>): void {
    this.lastId = event.lastEventId || this.lastId;
    this.heard();
    this.pending = mergedChanges(this.pending, (JSON.parse(event.data) as { changes: readonly TicketChange[] }).changes);
    this.flushTimer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  private flush(): void {
    this.flushTimer = undefined;
    const changes = this.pending;
    this.pending = [];
    this.tell({ kind: 'changes', changes });
  }

  private heard(): void {
    clearTimeout(this.silenceTimer);
    this.silenceTimer = setTimeout(() => { this.become('interrupted'); this.open(); }, SILENCE_MS_MAX);
    this.tell({ kind: 'heard', atMs: Date.now() });
  }

  /** A browser tries again by itself after a broken connection, and never after a refusal. */
  private async failed(source: EventSource): Promise<void> {
    if (source !== this.source) return;
    if (source.readyState !== EventSource.CLOSED) return this.become('interrupted');
    const answer = await fetch('/api/session', { credentials: 'same-origin' }).catch(() => null);
    if (source !== this.source) return;
    this.become(answer?.status === 401 ? 'signed-out' : 'interrupted');
    const delayMs = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** this.failures) * (0.75 + Math.random() / 2);
    this.failures += 1;
    setTimeout(() => { if (source === this.source) this.open(); }, delayMs);
  }

  private become(status: LiveStatus): void {
    if (status === this.status) return;
    this.status = status;
    this.tell({ kind: 'status', status });
  }
}
