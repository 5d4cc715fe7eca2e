import type { Clock } from '@handoff/platform';
import type { ChannelWithSecret } from './channel.js';
import type { ChannelStore } from './channel.store.js';

/** How long a change of a channel may take to be seen by those who send. */
const FRESH_MS_MAX = 1_000;
const ENTRIES_MAX = 10_000;

interface Entry {
  readonly readAtMs: number;
  readonly channel: Promise<ChannelWithSecret | null>;
}

/** Channels with their secrets, kept for a moment, so that a thousand messages to one channel read it once. */
export class ChannelBook {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly store: Pick<ChannelStore, 'withSecrets'>, private readonly clock: Clock) {}

  find(channelId: string): Promise<ChannelWithSecret | null> {
    const nowMs = this.clock.now().getTime();
    const known = this.entries.get(channelId);
    if (known !== undefined && nowMs - known.readAtMs < FRESH_MS_MAX) return known.channel;
    const channel = this.read(channelId);
    if (this.entries.size >= ENTRIES_MAX) this.entries.clear();
    this.entries.set(channelId, { readAtMs: nowMs, channel });
    return channel;
  }

  private async read(channelId: string): Promise<ChannelWithSecret | null> {
    try {
      const [channel] = await this.store.withSecrets([channelId]);
      return channel ?? null;
    } catch (error) {
      this.entries.delete(channelId);
      throw error;
    }
  }
}
