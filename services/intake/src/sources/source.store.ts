import type { ApiCredentials } from './api-credentials.js';
import type { Source, SourceChange, SourceWithSecrets } from './source.js';

export interface Rotation {
  readonly source: string;
  readonly secret: string;
  readonly now: Date;
  /** When the secrets that hold now stop to, unless they do so earlier. */
  readonly oldExpireAt: Date;
}

/** Where sources and their secrets are kept. */
export interface SourceStore {
  find(source: string): Promise<SourceWithSecrets | null>;
  /** In the order of their names, those after `after`. */
  list(page: { readonly after: string | null; readonly limit: number }): Promise<readonly Source[]>;
  /** `false`: there is one of that name already, and it stays as it is. */
  add(source: Source, secret: string | null, apiCredentials?: ApiCredentials | null): Promise<boolean>;
  /** Changes what is given. `null`: there is no such source. */
  change(source: string, change: SourceChange, now: Date): Promise<Source | null>;
  /** Adds a secret, lets the others expire and forgets those that have. Nothing changes where more than SECRETS_MAX would hold. */
  rotate(rotation: Rotation): Promise<'rotated' | 'unknown' | 'too-many'>;
  /** Puts a refresh token in the place of another; nothing changes where the source has another one by now. The source counts as unchanged. */
  renewRefreshToken(source: string, former: string, by: string): Promise<void>;
  /** With its secrets. `false`: there is no such source. */
  remove(source: string): Promise<boolean>;
}

export const SOURCE_STORE = Symbol('SOURCE_STORE');
