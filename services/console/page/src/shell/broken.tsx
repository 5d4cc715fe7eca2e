import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sentenceOf } from '../design/states.js';
import { Button, classes, parts } from '../design/parts.js';
import { useSay } from '../words/words.js';

export function NotFound(): ReactNode {
  const say = useSay();
  return (
    <div className={classes(parts.notice, parts.centre)}>
      <h1>{say('broken.noPage')}</h1>
      <p>{say('broken.noPageWhy')}</p>
      <Link to="/queues">{say('nav.go', { page: say('nav.queues') })}</Link>
    </div>
  );
}

export function PageBroken({ error, reset }: ErrorComponentProps): ReactNode {
  const say = useSay();
  return (
    <div className={classes(parts.notice, parts.centre)} role="alert">
      <h1>{say('broken.title')}</h1>
      <p>{say('broken.text', { problem: sentenceOf(error) })}</p>
      <Button onClick={reset}>{say('state.retry')}</Button>
    </div>
  );
}
