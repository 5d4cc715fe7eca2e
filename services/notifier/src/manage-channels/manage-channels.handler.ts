import { randomUUID } from 'node:crypto';
import type { EgressPolicy } from '@handoff/outbound';
import { type Clock, Problem } from '@handoff/platform';
import { shownSecretUrl } from '../channels/secret-url.js';
import { newSecret } from '../channels/webhook/signature.js';
import type { ChannelKind, Purpose } from '../notification/notification.js';
import type { ChannelWithSecret, ConfiguredChannel } from './channel.js';
import { type ChannelFields, problemsOf } from './channel-rules.decision.js';
import type { ChannelPage, ChannelStore } from './channel.store.js';

export interface NewChannel extends ChannelFields {
  readonly destination: string;
  readonly kind: ChannelKind;
  readonly purposes?: readonly Purpose[];
  readonly enabled?: boolean;
}

export type ChannelPatch = Omit<NewChannel, 'destination' | 'kind'>;

/** Keeps the channels in order: each valid for its kind, none twice. */
export class ManageChannelsHandler {
  constructor(private readonly store: ChannelStore, private readonly clock: Clock, private readonly egress: EgressPolicy) {}

  list(page: { readonly destination: string | null; readonly cursor: string | null; readonly limit: number }): Promise<ChannelPage> {
    return this.store.list(page);
  }

  async get(channelId: string): Promise<ConfiguredChannel> {
    const found = await this.store.get(channelId);
    if (found === null) throw channelNotFound(channelId);
    return found;
  }

  async create(wanted: NewChannel): Promise<ChannelWithSecret> {
    const { destination, kind, purposes = [], enabled = true } = wanted;
    const address = kind === 'mail' ? wanted.address : wanted.url;
    const field = kind === 'mail' ? 'address' : 'url';
    this.refuse([...problemsOf(kind, wanted, this.egress), ...(address === undefined ? [{ field: `/${field}`, detail: `is needed for ${kind}` }] : [])]);
    const at = this.clock.now().toISOString();
    const channel: ChannelWithSecret = {
      channelId: randomUUID(), destination, kind, enabled, purposes, disabledReason: null, createdAt: at, updatedAt: at,
      ...keptOf(kind, address ?? '', kind === 'webhook' ? (wanted.secret ?? newSecret()) : null),
    };
    if (!await this.store.add(channel)) throw taken(destination);
    return channel;
  }

  async change(channelId: string, patch: ChannelPatch): Promise<ConfiguredChannel> {
    const { kind, destination } = await this.get(channelId);
    this.refuse(problemsOf(kind, patch, this.egress));
    const address = kind === 'mail' ? patch.address : patch.url;
    const changed = await this.store.change(channelId, {
      ...(address === undefined ? {} : addressChange(kind, address)), ...(patch.enabled === undefined ? {} : { enabled: patch.enabled }),
      ...(patch.purposes === undefined ? {} : { purposes: patch.purposes }), ...(patch.secret === undefined ? {} : { secret: patch.secret }),
    }, this.clock.now());
    if (changed === 'taken') throw taken(destination);
    if (changed === null) throw channelNotFound(channelId);
    return changed;
  }

  async remove(channelId: string): Promise<void> {
    if (!await this.store.remove(channelId)) throw channelNotFound(channelId);
  }

  private refuse(fields: ReturnType<typeof problemsOf>): void {
    if (fields.length === 0) return;
    throw new Problem(422, 'invalid-content', `The channel is not valid: ${fields.map(({ field, detail }) => `${field} ${detail}`).join('; ')}.`, { fields });
  }
}

/** What is kept of an address. Whoever has the URL of a chat can post there, so all of it is sealed. */
function keptOf(kind: ChannelKind, address: string, secret: string | null): { readonly address: string; readonly secret: string | null } {
  return isChat(kind) ? { address: shownSecretUrl(address), secret: address } : { address, secret };
}

function addressChange(kind: ChannelKind, address: string): { readonly address: string; readonly secret?: string } {
  return isChat(kind) ? { address: shownSecretUrl(address), secret: address } : { address };
}

function isChat(kind: ChannelKind): boolean {
  return kind === 'teams' || kind === 'slack';
}

export function channelNotFound(channelId: string): Problem {
  return new Problem(404, 'channel-not-found', `There is no channel '${channelId}'.`);
}

function taken(destination: string): Problem {
  return new Problem(409, 'channel-exists', `'${destination}' has a channel of this kind with this address already; change that one.`);
}
