import { randomUUID } from 'node:crypto';
import type { EgressPolicy } from '@handoff/outbound';
import { type Clock, type FieldProblem, Problem } from '@handoff/platform';
import { shownSecretUrl } from '../channels/secret-url.js';
import type { SystemName } from '../channels/ticketing/ticketing-system.js';
import { newSecret, publicKeyOf, type SignatureVersion } from '../channels/webhook/signature.js';
import { type ChannelKind, isForSource, type Purpose } from '../notification/notification.js';
import type { ChannelWithSecret, ConfiguredChannel } from './channel.js';
import { credentialsOf } from './credentials.decision.js';
import { type ChannelFields, channelInvalid, problemsOf, sourceProblems } from './channel-rules.decision.js';
import { TICKETING_PURPOSES, ticketingChange, ticketingOf } from './ticketing-setup.decision.js';
import type { ChannelPage, ChannelStore } from './channel.store.js';

export interface NewChannel extends ChannelFields {
  readonly destination: string;
  readonly kind: ChannelKind;
  readonly purposes?: readonly Purpose[];
  readonly enabled?: boolean;
  /** Of a webhook without a secret of its own: what is made for it. */
  readonly signature?: SignatureVersion;
  /** Of a ticketing system. */
  readonly system?: SystemName;
  /** Absent: the default of its kind. */
  readonly messagesPerMinuteMax?: number;
}

export type ChannelPatch = Omit<NewChannel, 'destination' | 'kind' | 'signature' | 'system'>;

export interface RotationWanted {
  /** Absent: one of the same form is made. */
  readonly secret?: string;
  /** How long the secret that holds now is used beside the new one, in seconds. */
  readonly formerHoldsSeconds: number;
}

const NO_CREDENTIALS = { credentials: null, credentialsShown: null } as const;

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
    const { destination, kind, enabled = true, signature, messagesPerMinuteMax = null } = wanted;
    this.refuse(sourceProblems(kind, wanted));
    if (kind === 'ticketing') {
      this.refuse([...problemsOf(kind, wanted, this.egress), ...signatureProblems(kind, wanted)]);
      return this.add({ ...ticketingOf(wanted, this.egress), ...NO_CREDENTIALS }, { destination, kind, enabled, messagesPerMinuteMax, purposes: isForSource(wanted) ? [] : wanted.purposes ?? TICKETING_PURPOSES });
    }
    const address = kind === 'mail' ? wanted.address : wanted.url;
    const field = kind === 'mail' ? 'address' : 'url';
    this.refuse([...problemsOf(kind, wanted, this.egress), ...(address === undefined ? [{ field: `/${field}`, detail: `is needed for ${kind}` }] : []), ...signatureProblems(kind, wanted), ...(wanted.system === undefined ? [] : [{ field: '/system', detail: 'is for ticketing' }])]);
    const kept = keptOf(kind, address ?? '', kind === 'webhook' ? (wanted.secret ?? newSecret(signature)) : null);
    return this.add({ ...kept, ticketing: null, ...this.credentials(kind, wanted.credentials, address ?? '') }, { destination, kind, enabled, messagesPerMinuteMax, purposes: wanted.purposes ?? [] });
  }

  private async add(kept: Pick<ChannelWithSecret, 'address' | 'secret' | 'publicKey' | 'ticketing' | 'credentials' | 'credentialsShown'>, rest: Pick<ChannelWithSecret, 'destination' | 'kind' | 'enabled' | 'purposes' | 'messagesPerMinuteMax'>): Promise<ChannelWithSecret> {
    const at = this.clock.now().toISOString();
    const channel: ChannelWithSecret = { channelId: randomUUID(), ...rest, ...kept, disabledReason: null, failingSince: null, warnedAt: null, createdAt: at, updatedAt: at, formerSecret: null, formerSecretUntil: null };
    if (!await this.store.add(channel)) throw taken(rest.destination);
    return channel;
  }

  async change(channelId: string, patch: ChannelPatch): Promise<ConfiguredChannel> {
    const former = await this.get(channelId);
    const { kind, destination, ticketing } = former;
    this.refuse([...problemsOf(kind, patch, this.egress), ...movedProblems(former, patch), ...sourceProblems(kind, { destination, ...patch })]);
    const address = kind === 'mail' ? patch.address : patch.url;
    const changed = await this.store.change(channelId, {
      ...(address === undefined ? {} : addressChange(kind, address)), ...(ticketing === null ? {} : ticketingChange(ticketing.system, patch, this.egress)), ...(patch.enabled === undefined ? {} : { enabled: patch.enabled }),
      ...(patch.purposes === undefined ? {} : { purposes: patch.purposes }), ...(patch.secret === undefined ? {} : { secret: patch.secret }), ...(patch.messagesPerMinuteMax === undefined ? {} : { messagesPerMinuteMax: patch.messagesPerMinuteMax }),
      ...(ticketing !== null || patch.credentials === undefined ? {} : { credentials: this.credentials(kind, patch.credentials, address ?? former.address) }),
    }, this.clock.now());
    if (changed === 'taken') throw taken(destination);
    if (changed === null) throw channelNotFound(channelId);
    return changed;
  }

  /** A new secret. Until the former one ends, webhooks carry the signatures of both, so that the receiver may change over at any time. */
  async rotate(channelId: string, { secret: given, formerHoldsSeconds }: RotationWanted): Promise<ChannelWithSecret> {
    const { kind, publicKey: formerKey } = await this.get(channelId);
    if (kind !== 'webhook') this.refuse([{ field: '/', detail: `${kind} has no secret that signs; change the channel instead` }]);
    this.refuse(problemsOf(kind, given === undefined ? {} : { secret: given }, this.egress));
    const secret = given ?? newSecret(formerKey === null ? 'v1' : 'v1a');
    const at = this.clock.now();
    const rotated = await this.store.rotate(channelId, { secret, publicKey: publicKeyOf(secret), formerUntil: new Date(at.getTime() + formerHoldsSeconds * 1_000) }, at);
    if (rotated === null) throw channelNotFound(channelId);
    return { ...rotated, secret, formerSecret: null, credentials: null };
  }

  async remove(channelId: string): Promise<void> {
    if (!await this.store.remove(channelId)) throw channelNotFound(channelId);
  }

  /** @throws Problem 422 `invalid-content` */
  private credentials(kind: ChannelKind, given: unknown, url: string): Pick<ChannelWithSecret, 'credentials' | 'credentialsShown'> {
    if (given === undefined) return NO_CREDENTIALS;
    const judged = credentialsOf(kind, given, { url, egress: this.egress, now: this.clock.now() });
    if ('problems' in judged) throw channelInvalid(judged.problems);
    return judged;
  }

  private refuse(fields: readonly FieldProblem[]): void {
    if (fields.length > 0) throw channelInvalid(fields);
  }
}

/** What is kept of an address. Whoever has the URL of a chat can post there, so all of it is sealed. */
function keptOf(kind: ChannelKind, address: string, secret: string | null): Pick<ChannelWithSecret, 'address' | 'secret' | 'publicKey'> {
  if (isChat(kind)) return { address: shownSecretUrl(address), secret: address, publicKey: null };
  return { address, secret, publicKey: secret === null ? null : publicKeyOf(secret) };
}

function addressChange(kind: ChannelKind, address: string): { readonly address: string; readonly secret?: string } {
  return isChat(kind) ? { address: shownSecretUrl(address), secret: address } : { address };
}

/** Otherwise credentials that are kept could be sent to another server. */
function movedProblems({ kind, credentialsShown }: ConfiguredChannel, { url, credentials }: ChannelPatch): readonly FieldProblem[] {
  if (kind !== 'webhook' || url === undefined || credentialsShown === null || credentials !== undefined) return [];
  return [{ field: '/credentials', detail: 'are needed again with a new url; {} removes them' }];
}

function signatureProblems(kind: ChannelKind, { signature, secret }: NewChannel): readonly FieldProblem[] {
  if (signature === undefined) return [];
  if (kind !== 'webhook') return [{ field: '/signature', detail: 'is for webhooks' }];
  return secret !== undefined && signature === 'v1a' ? [{ field: '/secret', detail: 'must be left out for v1a: the private key is made here and never leaves' }] : [];
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
