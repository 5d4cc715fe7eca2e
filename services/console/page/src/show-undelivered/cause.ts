/** Whose list a cause is in: messages to contacts, webhooks that were not understood, events that a service could not handle. */
export type CauseKind = 'notification' | 'parked' | 'letter';
export type LetterService = 'routing' | 'notifier' | 'console';

/** Things that need a person for one reason. */
export interface Cause {
  readonly id: string;
  readonly kind: CauseKind;
  /** Whose dead letters they are; `null` of another kind. */
  readonly service: LetterService | null;
  /** Stable, as `rejected`. */
  readonly code: string;
  /** `held`: kept back on purpose. `waiting`: behind an earlier event of its ticket. */
  readonly state: 'retrying' | 'given-up' | 'held' | 'waiting';
  /** As the service names it, for its list. */
  readonly rawState: string | null;
  /** Destination, source or type of event. */
  readonly about: string | null;
  readonly channel: string | null;
  readonly count: number;
  /** What was said of the last of them. */
  readonly detail: string | null;
  readonly lastAt: string;
  readonly nextAt: string | null;
  /** Whether a retry by hand does something. */
  readonly canRetry: boolean;
}

export interface NotificationCause {
  readonly state: 'pending' | 'failed' | 'suppressed';
  readonly code: string;
  readonly channel: string;
  readonly destination: string;
  readonly notifications: number;
  readonly detail: string | null;
  readonly lastAt: string;
  readonly nextAttemptAt: string | null;
  readonly isResendable: boolean;
}

export interface ParkedCause {
  readonly source: string;
  readonly code: string;
  readonly deliveries: number;
  readonly detail: string;
  readonly lastAt: string;
}

export interface LetterCause {
  readonly reason: string;
  readonly state: 'retrying' | 'waiting' | 'dead';
  readonly type: string | null;
  readonly records: number;
  readonly detail: string;
  readonly lastAt: string;
  readonly nextRetryAt: string | null;
}

export function causeOfNotifications({ state, code, channel, destination, notifications, detail, lastAt, nextAttemptAt, isResendable }: NotificationCause): Cause {
  const shown = state === 'pending' ? 'retrying' : isResendable ? 'given-up' : 'held';
  return { id: `n ${state} ${code} ${channel} ${destination}`, kind: 'notification', service: null, code, state: shown, rawState: state, about: destination, channel: channel === 'none' ? null : channel, count: notifications, detail, lastAt, nextAt: nextAttemptAt, canRetry: isResendable };
}

export function causeOfParked({ source, code, deliveries, detail, lastAt }: ParkedCause): Cause {
  // A paused source has them tried when it is resumed; before that nothing comes of it.
  return { id: `p ${source} ${code}`, kind: 'parked', service: null, code, state: code === 'source-paused' ? 'held' : 'given-up', rawState: null, about: source, channel: null, count: deliveries, detail, lastAt, nextAt: null, canRetry: code !== 'source-paused' };
}

export function causeOfLetters(service: LetterService, { reason, state, type, records, detail, lastAt, nextRetryAt }: LetterCause): Cause {
  return { id: `l ${service} ${reason} ${state} ${type ?? ''}`, kind: 'letter', service, code: reason, state: state === 'dead' ? 'given-up' : state, rawState: state, about: type, channel: null, count: records, detail, lastAt, nextAt: nextRetryAt, canRetry: state !== 'waiting' };
}

/** Where dead letters of a service are asked for: the console's are its own, the others' go through it. */
export function lettersPath(service: LetterService): string {
  return service === 'console' ? '/v1/dead-letters' : `/api/${service}/v1/dead-letters`;
}

/** What a person can do about it, where we know; else the general advice of its kind. */
export function remedyOf({ kind, code }: Pick<Cause, 'kind' | 'code'>): RemedyKey {
  const own = `remedy.${code}`;
  return isRemedy(own) ? own : `remedy.any-${kind}`;
}

const REMEDIES = [
  'remedy.timeout', 'remedy.unreachable', 'remedy.deferred', 'remedy.throttled', 'remedy.server-error', 'remedy.redirected', 'remedy.malformed', 'remedy.conflict', 'remedy.rejected', 'remedy.gone',
  'remedy.egress-refused', 'remedy.channel-unusable', 'remedy.no-channel', 'remedy.bounced', 'remedy.held', 'remedy.summarised', 'remedy.channel-disabled', 'remedy.field-missing', 'remedy.field-invalid',
  'remedy.source-paused', 'remedy.handler-failed', 'remedy.behind-parked', 'remedy.invalid-data', 'remedy.any-notification', 'remedy.any-parked', 'remedy.any-letter',
] as const;
export type RemedyKey = (typeof REMEDIES)[number];

function isRemedy(key: string): key is RemedyKey {
  return REMEDIES.some((known) => known === key);
}
