import type { Clock } from '@handoff/platform';
import type { ChannelWithSecret } from './channel.js';
import type { ChannelStore } from './channel.store.js';

/** How long a change of a channel may take to be seen by those who send. */
const FRESH_MS_MAX = 1_000;
const ENTRIES_MAX = 10_000;

interface Entry {
  readonly readAtMs: number;
  /** Since it was read. */
  isUsed: boolean;
  readonly channel: Promise<ChannelWithSecret | null>;
}

/** Channels with their secrets, kept for a moment, so that a thousand messages to one channel read it once. */
export class ChannelBook {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly store: Pick<ChannelStore, 'withSecrets'>, private readonly clock: Clock) {}

  find(channelId: string): Promise<ChannelWithSecret | null> {
    const nowMs = this.clock.now().getTime();
    const known = this.entries.get(channelId);
    if (known !== undefined && nowMs - known.readAtMs < FRESH_MS_MAX) {
      known.isUsed = true;
      return known.channel;
    }
    if (this.entries.size >= ENTRIES_MAX) this.entries.clear();
    return this.read(channelId, nowMs);
  }

  /** Reads this one, and in the same breath the others that were used and are about to grow old. */
  private read(channelId: string, nowMs: number): Promise<ChannelWithSecret | null> {
    const others = [...this.entries].filter(([, { isUsed, readAtMs }]) => isUsed && nowMs - readAtMs > FRESH_MS_MAX / 2).map(([id]) => id);
    const ids = [...new Set([channelId, ...others])];
    const channels = this.store.withSecrets(ids).then((found) => new Map(found.map((channel) => [channel.channelId, channel])));
    for (const id of ids) this.keep(id, nowMs, channels);
    return this.entries.get(channelId)?.channel ?? Promise.resolve(null);
  }

  private keep(channelId: string, readAtMs: number, channels: Promise<ReadonlyMap<string, ChannelWithSecret>>): void {
    const entry: Entry = { readAtMs, isUsed: false, channel: channels.then((found) => found.get(channelId) ?? null) };
    this.entries.set(channelId, entry);
    // Who asked hears of the failure; the next asks again.
    entry.channel.catch(() => (this.entries.get(channelId) === entry ? this.entries.delete(channelId) : undefined));
  }
}
