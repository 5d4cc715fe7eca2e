/** The cookie that a session lives in. Over HTTPS its prefix makes browsers refuse one that anybody else set. */
export class SessionCookie {
  private readonly isSecure: boolean;
  readonly name: string;

  /** @param url of the console, as browsers reach it. Browsers do not tell the ports of a host apart, so the name does. */
  constructor(url: string) {
    const { protocol, port } = new URL(url);
    this.isSecure = protocol === 'https:';
    this.name = this.isSecure ? '__Host-handoff-session' : `handoff-session-${port || '80'}`;
  }

  /** `null` where the request has none. */
  read(cookies: string | undefined): string | null {
    const own = (cookies ?? '').split(';').map((each) => each.trim()).find((each) => each.startsWith(`${this.name}=`));
    return own === undefined ? null : own.slice(this.name.length + 1);
  }

  set(secret: string, lifeSeconds: number): string {
    return `${this.name}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${lifeSeconds}${this.isSecure ? '; Secure' : ''}`;
  }

  clear(): string {
    return this.set('', 0);
  }
}
