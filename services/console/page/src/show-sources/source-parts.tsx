import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { call } from '../api/call.js';
import { Badge, Button, parts } from '../design/parts.js';
import { Failed, Loading } from '../design/states.js';
import { useSay } from '../words/words.js';
import { sourcePath, type TestReport, useDoing, useSetup } from './sources.js';
import styles from './sources.module.css';

/** Sends a test ticket the whole way, and says how far it came. */
export function SourceTest({ source }: { readonly source: string }): ReactNode {
  const say = useSay();
  const [report, setReport] = useState<TestReport | null>(null);
  const test = useDoing(() => call<TestReport>(`${sourcePath(source)}/test`, { method: 'POST' }), setReport);
  return (
    <section className={styles.inner} aria-label={say('sources.test')}>
      <p>{say('sources.testWhy')}</p>
      <Button disabled={test.isPending} onClick={() => test.mutate()}>{say('sources.test')}</Button>
      {report !== null && (
        <div role="status">
          <ol className={styles.steps}>{report.steps.map(({ step, isOk, text }) => <li key={step}><Badge tone={isOk ? 'good' : 'bad'} hasDot>{say(isOk ? 'sources.stepDone' : 'sources.stepFailed')}</Badge> {text}</li>)}</ol>
          {report.ticketId !== null && <Link to={`/tickets/${report.ticketId}` as '/tickets'}>{say('sources.testTicket')}</Link>}
        </div>
      )}
    </section>
  );
}

/** How a person connects the system of a source. */
export function SourceSetup({ source }: { readonly source: string }): ReactNode {
  const say = useSay();
  const { data, error, refetch } = useSetup(source);
  if (data === undefined) return error === null ? <Loading rows={3} /> : <Failed error={error} onRetry={() => void refetch()} />;
  return (
    <section className={styles.inner} aria-label={say('sources.setup')}>
      <h3>{say('sources.setupOf', { system: data.title })}</h3>
      <ol className={styles.numbered}>{data.steps.map(({ text, snippet }) => <li key={text}>{text}{snippet !== undefined && <pre className={parts.command} tabIndex={0}>{snippet.content}</pre>}</li>)}</ol>
    </section>
  );
}
