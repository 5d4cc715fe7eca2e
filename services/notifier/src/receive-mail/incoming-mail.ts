/** A mail that came in, as far as it matters here. Texts are as they came. */
export interface IncomingMail {
  /** `null`: it has none, or an unusable one. */
  readonly messageId: string | null;
  /** The sender on the envelope; empty for reports of mail servers. */
  readonly envelopeFrom: string;
  readonly from: { readonly name: string | null; readonly address: string } | null;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly MailAttachment[];
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** How many servers it came through. */
  readonly hops: number;
  /** `report-type` of a `multipart/report` (RFC 6522), in lower case; empty where it has none; `null`: it is no report. */
  readonly reportType: string | null;
  /** The part that RFC 3464 defines. */
  readonly deliveryStatus: string | null;
  /** Message-ID of the mail that is reported on, where its headers came back. */
  readonly returnedMessageId: string | null;
}

/** What a mail brought beside its text. Only this is kept of it. */
export interface MailAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
}
