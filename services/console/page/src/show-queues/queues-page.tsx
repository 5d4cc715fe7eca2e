import { Link } from '@tanstack/react-router';
import { useRef, type ReactNode } from 'react';
import { useRowKeys } from '../commands/row-keys.js';
import type { QueueTrend, ShownQueue } from '../api/server-types.js';
import { classes } from '../design/parts.js';
import { Empty, Failed, FailedBanner, Loading } from '../design/states.js';
import { Ago } from '../design/times.js';
import { PageHead, shell } from '../shell/page-head.js';
import type { TicketFilter } from '../show-tickets/ticket-filter.js';
import { useSay } from '../words/words.js';
import { QueueName } from './queue-name.js';
import { useQueueTrends } from './queue-trends.js';
import { countOf, useQueues } from './queues.js';
import styles from './queues.module.css';
import { Trend } from './trend.js';

const SEVERITIES = ['A', 'B', 'C'] as const;
const STATES = ['waiting', 'escalated', 'acknowledged'] as const;

export function QueuesPage(): ReactNode {
  const say = useSay();
  const { data, error, refetch } = useQueues();
  const trends = useQueueTrends();
  const queues = data?.items ?? [];
  const open = queues.reduce((sum, queue) => sum + queue.open, 0);
  return (
    <>
      <PageHead title={say('nav.queues')} text={data === undefined ? undefined : say('queues.scope', { open, queues: queues.length })} />
      {error !== null && data !== undefined && <FailedBanner error={error} onRetry={() => void refetch()} />}
      <div className={shell.scroll} tabIndex={-1}>
        {data === undefined ? (error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />) : <QueueTable queues={queues} trends={trends} />}
      </div>
    </>
  );
}

function QueueTable({ queues, trends }: { readonly queues: readonly ShownQueue[]; readonly trends: ReturnType<typeof useQueueTrends> }): ReactNode {
  const say = useSay();
  const list = useRef<HTMLTableElement>(null);
  useRowKeys(list);
  if (queues.length === 0) return <Empty title={say('queues.none')} text={say('queues.noneWhy')}><code>npx handoff send --source jira-demo</code></Empty>;
  return (
    <table ref={list} className={styles.table}>
      <caption className={styles.caption}>{say('queues.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('queues.queue')}</th>
          <th scope="col" className={styles.number}>{say('queues.open')}</th>
          {SEVERITIES.map((severity) => <th key={severity} scope="col" className={styles.number}>{severity}</th>)}
          {STATES.map((state) => <th key={state} scope="col" className={classes(styles.number, styles.extra)}>{say(`state.${state}`)}</th>)}
          <th scope="col" className={styles.number}>{say('queues.soon')}</th>
          <th scope="col" className={styles.number}>{say('queues.missed')}</th>
          <th scope="col" className={classes(styles.number, styles.extra)}>{say('queues.oldest')}</th>
          <th scope="col" className={styles.extra}>{say('queues.trend')}</th>
        </tr>
      </thead>
      <tbody>{queues.map((queue) => <QueueRow key={queue.queue ?? ''} queue={queue} trend={trends === null ? null : trends.get(queue.queue)} />)}</tbody>
    </table>
  );
}

/** `trend`: `null` until trends were read, `undefined` of a quiet queue. */
function QueueRow({ queue, trend }: { readonly queue: ShownQueue; readonly trend: QueueTrend | null | undefined }): ReactNode {
  const name = queue.queue ?? '';
  return (
    <tr>
      <th scope="row"><Link to="/tickets" search={{ queue: name }} className={styles.row} data-row><QueueName queue={queue.queue} /></Link></th>
      <td className={classes(styles.number, styles.open)}>{queue.open}</td>
      {SEVERITIES.map((severity) => (
        <td key={severity} className={styles.number}>
          <Count tickets={countOf(queue, { severity })} look={severity === 'A' ? 'bad' : undefined} search={{ queue: name, severity }} />
        </td>
      ))}
      {STATES.map((state) => (
        <td key={state} className={classes(styles.number, styles.extra)}>
          <Count tickets={countOf(queue, { state })} look={state === 'escalated' ? 'warn' : undefined} search={{ queue: name, state }} />
        </td>
      ))}
      <td className={styles.number}><Count tickets={queue.aboutToMiss} look="warn" search={{ queue: name, sort: 'due' }} /></td>
      <td className={styles.number}><Count tickets={queue.missed} look="bad" search={{ queue: name, sort: 'due' }} /></td>
      <td className={classes(styles.number, styles.extra, styles.soft)}>{queue.oldestOpenAt === null ? '–' : <Ago at={queue.oldestOpenAt} />}</td>
      <td className={styles.extra}>{trend !== null && <Trend trend={trend} />}</td>
    </tr>
  );
}

/** A number is a way to the tickets that it counts. */
function Count({ tickets, look, search }: { readonly tickets: number; readonly look?: 'bad' | 'warn' | undefined; readonly search: TicketFilter }): ReactNode {
  if (tickets === 0) return <span className={styles.none}>0</span>;
  return <Link to="/tickets" search={search} className={styles.count} data-look={look}>{tickets}</Link>;
}
