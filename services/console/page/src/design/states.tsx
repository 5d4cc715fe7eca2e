import type { ReactNode } from 'react';
import { CallFailed } from '../api/call.js';
import { useSay } from '../words/words.js';
import { Button, classes, parts, Unseen } from './parts.js';

/** Nothing to show: why, and what to do. */
export function Empty({ title, text, children }: { readonly title: string; readonly text?: string | undefined; readonly children?: ReactNode }): ReactNode {
  return (
    <div className={classes(parts.notice, parts.centre)}>
      <h2>{title}</h2>
      {text !== undefined && <p>{text}</p>}
      {children}
    </div>
  );
}

export function Loading({ rows = 8 }: { readonly rows?: number }): ReactNode {
  const say = useSay();
  return (
    <div className={parts.waiting} role="status">
      <Unseen>{say('state.loading')}</Unseen>
      {Array.from({ length: rows }, (_, index) => <div key={index} className={parts.bar} style={{ inlineSize: `${90 - ((index * 17) % 45)}%` }} aria-hidden />)}
    </div>
  );
}

/** A call that failed, where there is nothing older to show. */
export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry?: (() => void) | undefined }): ReactNode {
  const say = useSay();
  return (
    <div className={parts.notice} role="alert">
      <h2>{say('state.failed')}</h2>
      <p>{sentenceOf(error)}</p>
      <FailureFacts error={error} />
      {onRetry !== undefined && <Button onClick={onRetry}>{say('state.retry')}</Button>}
    </div>
  );
}

/** A call that failed while older data are shown below. */
export function FailedBanner({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }): ReactNode {
  const say = useSay();
  return (
    <div className={parts.banner} data-tone="bad" role="alert">
      <span>{say('state.stale', { problem: sentenceOf(error) })}</span>
      <Button onClick={onRetry}>{say('state.retry')}</Button>
    </div>
  );
}

function FailureFacts({ error }: { readonly error: unknown }): ReactNode {
  const say = useSay();
  if (!(error instanceof CallFailed)) return null;
  return <small>{error.requestId === null ? say('state.code', { code: error.code }) : say('state.codeAndRequest', { code: error.code, request: error.requestId })}</small>;
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
