/** With what Handoff shows who it is to the receiver of a webhook, or checks that a press of a button came from Slack. */
export interface ChannelCredentials {
  /** Names as they were given. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
  /** OAuth 2 client credentials. */
  readonly oauth?: OAuthCredentials | undefined;
  /** Of a Slack app: it signs what is sent when somebody presses a button. */
  readonly signingSecret?: string | undefined;
}

/** All in PEM. */
export interface ClientCertificate {
  /** With those between it and its authority behind it. */
  readonly certificate: string;
  readonly key: string;
  /** Who may have issued the certificate of the receiver, in place of the public authorities. */
  readonly authority?: string | undefined;
}

export interface OAuthCredentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string | undefined;
  /** Further fields that the token endpoint wants, as `audience`. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly secretIn?: 'header' | 'body' | undefined;
}

/** What may be shown of them: that they are set, and what is no secret. */
export interface CredentialsShown {
  /** Names alone. */
  readonly headers?: readonly string[];
  /** Until when the certificate holds, RFC 3339. */
  readonly clientCertificate?: { readonly expiresAt: string };
  readonly oauth?: { readonly tokenUrl: string; readonly clientId: string; readonly scope?: string };
  readonly signingSecret?: true;
}
