import type { UserGrant } from '@handoff/outbound';
import type { Source } from '../sources/source.js';
import type { SourceStore } from '../sources/source.store.js';

/** The refresh token of a source's user, kept sealed with the source, so that every instance and the next start have the one that holds. */
export class SourceUserGrant implements UserGrant {
  /** A changed source may be for another user. */
  readonly name: string;
  private readonly source: string;
  /** The last replacement that could not be kept: a former token may hold no longer. */
  private unkept: { readonly former: string; readonly by: string } | null = null;

  constructor(private readonly sources: Pick<SourceStore, 'find' | 'renewRefreshToken'>, { source, updatedAt }: Source) {
    this.source = source;
    this.name = `${source} ${updatedAt}`;
  }

  async current(): Promise<string> {
    const credentials = (await this.sources.find(this.source))?.apiCredentials;
    if (credentials?.auth !== 'oauth2-refresh-token') throw new Error(`The source '${this.source}' has no refresh token.`);
    const { unkept } = this;
    if (unkept?.former !== credentials.refreshToken) return credentials.refreshToken;
    await this.replaced(unkept.former, unkept.by);
    return unkept.by;
  }

  async replaced(former: string, by: string): Promise<void> {
    this.unkept = { former, by };
    try {
      await this.sources.renewRefreshToken(this.source, former, by);
      this.unkept = null;
    } catch {
      // It is kept in memory, and tried again when the next token is fetched.
    }
  }
}
