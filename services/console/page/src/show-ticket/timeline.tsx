import type { ReactNode } from 'react';
import type { TimelineEntry } from '../api/server-types.js';
import { Icon } from '../design/icon.js';
import { Button } from '../design/parts.js';
import { Ago, At } from '../design/times.js';
import { useSay } from '../words/words.js';
import { sentenceOf } from './entry-sentence.js';
import { attemptOutcomeOf } from './message-words.js';
import { useNotifications } from './ticket-queries.js';
import styles from './ticket.module.css';

interface TimelineProps {
  readonly ticketId: string;
  readonly entries: readonly TimelineEntry[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly onMore: () => void;
}

/** The whole story, the newest first; each entry opens in its place. */
export function Timeline({ ticketId, entries, hasMore, isLoading, onMore }: TimelineProps): ReactNode {
  const say = useSay();
  return (
    <section className={styles.card} aria-labelledby="story">
      <h2 id="story" tabIndex={-1}>{say('timeline.title')}</h2>
      <ol className={styles.timeline}>{entries.map((entry) => <Entry key={entry.eventId} entry={entry} ticketId={ticketId} />)}</ol>
      {hasMore && <Button onClick={onMore} disabled={isLoading}>{say(isLoading ? 'state.loading' : 'timeline.more')}</Button>}
    </section>
  );
}

function Entry({ entry, ticketId }: { readonly entry: TimelineEntry; readonly ticketId: string }): ReactNode {
  const say = useSay();
  const { kind, at, ticketVersion, data } = entry;
  return (
    <li className={styles.entry} data-kind={kind} data-bad={'failedAt' in data || kind === 'escalated'}>
      <span className={styles.entryIcon} aria-hidden><Icon name={kind} /></span>
      <details>
        <summary><span>{sentenceOf(entry, say)}</span><span className={styles.when}><Ago at={at} /></span></summary>
        <div className={styles.entryBody}>
          <p className={styles.soft}><At at={at} />{ticketVersion !== null && <> · {say('timeline.version', { version: ticketVersion })}</>}</p>
          {entry.reasons.length > 0 && <ol className={styles.reasons}>{entry.reasons.map(({ code, text, source }) => <li key={`${code}${text}`}><p>{text}</p><small><code>{code}</code> · {source}</small></li>)}</ol>}
          {kind === 'notified' && <Attempts ticketId={ticketId} notificationId={String((data as { notificationId?: unknown }).notificationId)} />}
          <details className={styles.raw}><summary>{say('timeline.raw')}</summary><pre tabIndex={0}>{JSON.stringify(data, null, 2)}</pre></details>
        </div>
      </details>
    </li>
  );
}

/** Each try to deliver a message, with what went wrong. */
function Attempts({ ticketId, notificationId }: { readonly ticketId: string; readonly notificationId: string }): ReactNode {
  const say = useSay();
  const { data } = useNotifications(ticketId);
  const found = data?.items.find((notification) => notification.notificationId === notificationId);
  if (found === undefined) return null;
  return (
    <ol className={styles.attempts}>
      {found.attempts.map(({ attempt, at, outcome, code, detail, durationMs }) => (
        <li key={attempt}><span>{say('timeline.attempt', { attempt, outcome: attemptOutcomeOf(outcome, say) })}</span><At at={at} /><span>{durationMs} ms</span>{code !== null && <code>{code}</code>}{detail !== null && <span className={styles.soft}>{detail}</span>}</li>
      ))}
    </ol>
  );
}
