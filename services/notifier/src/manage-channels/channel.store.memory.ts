import type { Transaction } from '@handoff/messaging';
import { onRollback } from '@handoff/messaging';
import type { ChannelWithSecret, ConfiguredChannel } from './channel.js';
import type { ChannelChange, ChannelPage, ChannelStore, Rotation } from './channel.store.js';

export class MemoryChannelStore implements ChannelStore {
  private channels = new Map<string, ChannelWithSecret>();

  add(channel: ChannelWithSecret): Promise<boolean> {
    if (this.isTaken(channel, channel.address)) return Promise.resolve(false);
    this.channels.set(channel.channelId, channel);
    return Promise.resolve(true);
  }

  get(channelId: string): Promise<ConfiguredChannel | null> {
    const found = this.channels.get(channelId);
    return Promise.resolve(found === undefined ? null : shown(found));
  }

  list({ destination, cursor, limit }: { readonly destination: string | null; readonly cursor: string | null; readonly limit: number }): Promise<ChannelPage> {
    const found = this.inOrder().filter((channel) => (destination === null || channel.destination === destination) && (cursor === null || channel.channelId > cursor));
    const items = found.slice(0, limit).map(shown);
    return Promise.resolve({ items, next: found.length > limit ? (items.at(-1)?.channelId ?? null) : null });
  }

  change(channelId: string, change: ChannelChange, at: Date): Promise<ConfiguredChannel | null | 'taken'> {
    const found = this.channels.get(channelId);
    if (found === undefined) return Promise.resolve(null);
    if (change.address !== undefined && this.isTaken(found, change.address)) return Promise.resolve('taken');
    const { settings, source, credentials, ...fields } = change;
    const ticketing = found.ticketing === null ? null : { ...found.ticketing, ...(settings === undefined ? {} : { settings }), ...(source === undefined ? {} : { source }) };
    const changed = { ...found, ...fields, ...credentials, ticketing, publicKey: change.secret === undefined ? found.publicKey : null, disabledReason: change.enabled === true ? null : found.disabledReason, ...(change.enabled === true ? { failingSince: null, warnedAt: null } : {}), updatedAt: at.toISOString() };
    this.channels.set(channelId, changed);
    return Promise.resolve(shown(changed));
  }

  rotate(channelId: string, { secret, publicKey, formerUntil }: Rotation, at: Date): Promise<ConfiguredChannel | null> {
    const found = this.channels.get(channelId);
    if (found === undefined) return Promise.resolve(null);
    const rotated = { ...found, secret, publicKey, formerSecret: found.secret, formerSecretUntil: formerUntil.toISOString(), updatedAt: at.toISOString() };
    this.channels.set(channelId, rotated);
    return Promise.resolve(shown(rotated));
  }

  remove(channelId: string): Promise<boolean> {
    return Promise.resolve(this.channels.delete(channelId));
  }

  isEmpty(): Promise<boolean> {
    return Promise.resolve(this.channels.size === 0);
  }

  forDestinations(_tx: Transaction, destinations: readonly string[]): Promise<readonly ConfiguredChannel[]> {
    return Promise.resolve(this.inOrder().filter(({ destination }) => destinations.includes(destination)).map(shown));
  }

  fails(tx: Transaction, channelId: string, at: Date): Promise<void> {
    this.put(tx, channelId, ({ failingSince }) => (failingSince === null ? { failingSince: at.toISOString() } : null));
    return Promise.resolve();
  }

  recovers(tx: Transaction, channelId: string): Promise<void> {
    this.put(tx, channelId, () => ({ failingSince: null, warnedAt: null }));
    return Promise.resolve();
  }

  warn(tx: Transaction, channelId: string, { failingSince, at }: { readonly failingSince: string; readonly at: Date }): Promise<ConfiguredChannel | null> {
    return Promise.resolve(this.put(tx, channelId, (found) => (found.enabled && found.failingSince === failingSince && found.warnedAt === null ? { warnedAt: at.toISOString() } : null)));
  }

  disable(tx: Transaction, channelId: string, { reason, at, failingSince }: { readonly reason: string; readonly at: Date; readonly failingSince: string | null }): Promise<ConfiguredChannel | null> {
    return Promise.resolve(this.put(tx, channelId, (found) => (found.enabled && (failingSince === null || found.failingSince === failingSince) ? { enabled: false, disabledReason: reason, updatedAt: at.toISOString() } : null)));
  }

  withSecrets(channelIds: readonly string[]): Promise<readonly ChannelWithSecret[]> {
    return Promise.resolve(this.inOrder().filter(({ channelId }) => channelIds.includes(channelId)));
  }

  private put(tx: Transaction, channelId: string, changeOf: (found: ChannelWithSecret) => Partial<ChannelWithSecret> | null): ConfiguredChannel | null {
    const found = this.channels.get(channelId);
    const change = found === undefined ? null : changeOf(found);
    if (found === undefined || change === null) return null;
    onRollback(tx, () => this.channels.set(channelId, found));
    this.channels.set(channelId, { ...found, ...change });
    return shown({ ...found, ...change });
  }

  private inOrder(): readonly ChannelWithSecret[] {
    return [...this.channels.values()].sort((a, b) => (a.channelId < b.channelId ? -1 : 1));
  }

  private isTaken({ channelId, destination, kind }: ConfiguredChannel, address: string): boolean {
    return this.inOrder().some((other) => other.channelId !== channelId && other.destination === destination && other.kind === kind && other.address === address);
  }
}

function shown({ secret: _secret, formerSecret: _former, credentials: _credentials, ...channel }: ChannelWithSecret): ConfiguredChannel {
  return channel;
}
