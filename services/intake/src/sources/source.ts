import type { Instant } from '@handoff/contracts';
import type { AdapterSettings } from '../adapters/adapter.js';
import type { ApiAuth } from '../adapters/source-api.js';
import type { Mapping } from '../mapping/mapping.js';
import type { ApiCredentials } from './api-credentials.js';

/** A ticketing system that posts to us. */
export interface Source {
  /** Its name, in the path of its webhooks and in every event. */
  readonly source: string;
  readonly adapter: string;
  /** The party that owns it, as `partner/1001` or `isv/contoso`; `null` where it belongs to nobody. */
  readonly sourceParty: string | null;
  /** How far the sender's clock may be away, both ways; `null`: its time is not checked. */
  readonly toleranceSeconds: number | null;
  readonly mapping: Mapping;
  /** What its adapter asks for beside the secret, checked by the adapter's schema. */
  readonly settings: AdapterSettings;
  /** Since when its webhooks are held back instead of handled; `null`: they are handled. */
  readonly pausedAt: Instant | null;
  /** Addresses and networks that its webhooks may come from, as `203.0.113.0/24`; empty: any. */
  readonly allowedAddresses: readonly string[];
  /** `null`: what the installation allows every source. */
  readonly requestsPerSecondMax: number | null;
  /** The system's own interface; `null`: nothing is read from it. */
  readonly api: ApiAccess | null;
  /** How often it is looked for what no webhook brought; `null`: never. */
  readonly reconcileEverySeconds: number | null;
  /** Ids under which Handoff itself writes in that system; what they cause is not sent round again. */
  readonly ownActors: readonly string[];
  /** It tells of tickets that Handoff opened there for others, and of none of its own. */
  readonly copiesOnly: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Where the system's interface is, and how Handoff signs in there; the credentials are kept apart. */
export interface ApiAccess {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly auth: ApiAuth;
}

export interface SourceSecret {
  /** Names it in answers, which never hold the secret itself. */
  readonly id: string;
  readonly secret: string;
  readonly createdAt: Instant;
  /** `null`: until it is rotated. */
  readonly expiresAt: Instant | null;
}

export interface SourceWithSecrets {
  readonly source: Source;
  /** The newest first. Some may have expired. */
  readonly secrets: readonly SourceSecret[];
  /** Those of `source.api`. */
  readonly apiCredentials: ApiCredentials | null;
}

/** What of a source can be changed; the rest stays for its life. */
export type SourceChange = Partial<Omit<Source, 'source' | 'adapter' | 'createdAt' | 'updatedAt'> & Pick<SourceWithSecrets, 'apiCredentials'>>;

export const SOURCE_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** A source's secrets during rotations; more at once is a mistake, and costs time at each webhook. */
export const SECRETS_MAX = 5;

export function holdsAt({ expiresAt }: SourceSecret, now: Date): boolean {
  return expiresAt === null || Date.parse(expiresAt) > now.getTime();
}
