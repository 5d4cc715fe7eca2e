import { createHmac, timingSafeEqual } from 'node:crypto';

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
const VERSION = 'v0';
const TOLERANCE_SECONDS = 300;

export interface SlackRequest {
  readonly rawBody: Buffer;
  /** `X-Slack-Request-Timestamp`. */
  readonly timestamp: string | undefined;
  /** `X-Slack-Signature`. */
  readonly signature: string | undefined;
}

/** Whether Slack signed this request, with the signing secret of the app, within the last five minutes. */
export function isFromSlack({ rawBody, timestamp = '', signature = '' }: SlackRequest, signingSecret: string, now: Date): boolean {
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = Buffer.from(slackSignatureOf(rawBody, timestamp, signingSecret));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export function slackSignatureOf(rawBody: Buffer, timestamp: string, signingSecret: string): string {
  return `${VERSION}=${createHmac('sha256', signingSecret).update(`${VERSION}:${timestamp}:`).update(rawBody).digest('hex')}`;
}
