import type { Transaction } from '@handoff/messaging';
import type { ChannelWithSecret, ConfiguredChannel, TicketingSetup } from './channel.js';

/** What may be changed in a channel; an absent field stays. */
export type ChannelChange = Partial<Pick<ChannelWithSecret, 'enabled' | 'purposes' | 'address' | 'secret' | 'messagesPerMinuteMax'>> & {
  /** Of a ticketing system. */
  readonly settings?: TicketingSetup['settings'];
  /** `null` takes it away. */
  readonly source?: TicketingSetup['source'];
  /** Of a webhook or of Slack, with what may be shown of them; both `null`: they are removed. */
  readonly credentials?: Pick<ChannelWithSecret, 'credentials' | 'credentialsShown'>;
};

export interface Rotation {
  readonly secret: string;
  readonly publicKey: string | null;
  readonly formerUntil: Date;
}

export interface ChannelPage {
  readonly items: readonly ConfiguredChannel[];
  readonly next: string | null;
}

/** The configured channels. At most one for a destination, kind and address. */
export interface ChannelStore {
  /** `false`: there is one with this destination, kind and address. */
  add(channel: ChannelWithSecret): Promise<boolean>;
  get(channelId: string): Promise<ConfiguredChannel | null>;
  /** In the order of their ids, from after `cursor`. */
  list(page: { readonly destination: string | null; readonly cursor: string | null; readonly limit: number }): Promise<ChannelPage>;
  /** `null`: not there; `taken`: another channel has that address. A channel that is enabled again forgets why it was disabled. */
  change(channelId: string, change: ChannelChange, at: Date): Promise<ConfiguredChannel | null | 'taken'>;
  /** The secret that held stays beside the new one for a while. `null`: not there. */
  rotate(channelId: string, rotation: Rotation, at: Date): Promise<ConfiguredChannel | null>;
  remove(channelId: string): Promise<boolean>;
  isEmpty(): Promise<boolean>;
  /** Those of these destinations, as the transaction sees them. */
  forDestinations(tx: Transaction, destinations: readonly string[]): Promise<readonly ConfiguredChannel[]>;
  /** It fails, from `at` on. One that failed before keeps its time. */
  fails(tx: Transaction, channelId: string, at: Date): Promise<void>;
  /** It works: since when it failed, and that operations were warned, is forgotten. */
  recovers(tx: Transaction, channelId: string): Promise<void>;
  /** Notes that operations were warned. `null`: it does not fail since then any more, or they were warned before. */
  warn(tx: Transaction, channelId: string, warning: { readonly failingSince: string; readonly at: Date }): Promise<ConfiguredChannel | null>;
  /** `null`: it is disabled, gone, or does not fail since `failingSince` any more; that `null` asks for nothing. */
  disable(tx: Transaction, channelId: string, disabling: { readonly reason: string; readonly at: Date; readonly failingSince: string | null }): Promise<ConfiguredChannel | null>;
  /** With their secrets, for sending. */
  withSecrets(channelIds: readonly string[]): Promise<readonly ChannelWithSecret[]>;
}
