import { shownUrl } from '../channels/secret-url.js';
import type { SystemName } from '../channels/ticketing/ticketing-system.js';
import type { ChannelKind, Purpose } from '../notification/notification.js';
import type { ChannelCredentials, CredentialsShown } from './channel-credentials.js';

/** How the contacts of a destination want to be told. */
export interface ConfiguredChannel {
  readonly channelId: string;
  /** A queue name, as `isv/contoso`. */
  readonly destination: string;
  readonly kind: ChannelKind;
  /** Mail address or URL, whole; of a chat, whose URL is a secret, what may be shown of it. Use `shownAddress` for anything that leaves the service. */
  readonly address: string;
  readonly enabled: boolean;
  /** For which purposes; empty: for all. */
  readonly purposes: readonly Purpose[];
  /** Why Handoff itself disabled it. */
  readonly disabledReason: string | null;
  /** Of a webhook that is signed with a private key: what its receiver verifies with. */
  readonly publicKey: string | null;
  /** Until when webhooks are signed with the former secret as well; `null`: there is none. */
  readonly formerSecretUntil: string | null;
  /** Of a ticketing system: which one, and how tickets are opened there. */
  readonly ticketing: TicketingSetup | null;
  /** What may be shown of the credentials of a webhook or of Slack; `null`: it has none. */
  readonly credentialsShown: CredentialsShown | null;
  /** More wait, or become one message; `null`: the default of its kind. */
  readonly messagesPerMinuteMax: number | null;
  /** Since when nothing was delivered to it any more that was tried; `null`: it works, as far as is known. */
  readonly failingSince: string | null;
  /** When operations were told that it fails; `null`: they were not. */
  readonly warnedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface TicketingSetup {
  readonly system: SystemName;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The source through which news of the tickets comes back; `null`: none does. */
  readonly source: string | null;
}

/** With the secret that signs its webhooks, the URL of a chat, or the credentials of a ticketing system as JSON; `null` for mail. Only who sends needs this. */
export interface ChannelWithSecret extends ConfiguredChannel {
  readonly secret: string | null;
  /** Holds until `formerSecretUntil`. */
  readonly formerSecret: string | null;
  /** Of a webhook or of Slack. */
  readonly credentials: ChannelCredentials | null;
}

/** An address as it may be shown: of a URL neither user, password nor query values, which often carry a secret. */
export function shownAddress(kind: ChannelKind, address: string): string {
  return kind === 'webhook' ? shownUrl(address) : address;
}
