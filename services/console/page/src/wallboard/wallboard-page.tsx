import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, type ReactNode } from 'react';
import type { ShownQueue } from '../api/server-types.js';
import { type Command, useCommands } from '../commands/commands.js';
import { Icon } from '../design/icon.js';
import { Failed, Loading } from '../design/states.js';
import { Ago, useNow } from '../design/times.js';
import { useLiveState } from '../live/live.js';
import { QueueName } from '../show-queues/queue-name.js';
import { countOf, useQueues } from '../show-queues/queues.js';
import { useSay } from '../words/words.js';
import { ageOf } from './freshness.decision.js';
import styles from './wallboard.module.css';

/** The queues for a screen on the wall: large, nothing to press, and an amber frame once what it shows is old. */
export function WallboardPage(): ReactNode {
  const say = useSay();
  const navigate = useNavigate();
  const { data, error, refetch, dataUpdatedAt } = useQueues();
  const { heardAtMs } = useLiveState();
  const age = ageOf({ heardAtMs, readAtMs: dataUpdatedAt, nowMs: useNow() });
  useCommands(useMemo((): readonly Command[] => [{ id: 'leave-wallboard', group: 'go', title: say('wall.leave'), keys: ['Escape'], run: () => void navigate({ to: '/queues' }) }], [navigate, say]));
  useEffect(() => { document.title = `${say('nav.wallboard')} · Handoff`; }, [say]);
  return (
    <div className={styles.wall} data-old={age !== null && data !== undefined}>
      <header className={styles.head}>
        <h1>{say('nav.wallboard')}</h1>
        {age !== null && data !== undefined && <p role="alert" className={styles.old}>{say('wall.old', { seconds: age })}</p>}
        <Link to="/queues" className={styles.leave} aria-label={say('wall.leave')}><Icon name="close" /></Link>
      </header>
      {data === undefined ? (error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />) : <Board queues={data.items} />}
    </div>
  );
}

function Board({ queues }: { readonly queues: readonly ShownQueue[] }): ReactNode {
  const say = useSay();
  const sum = (number: (queue: ShownQueue) => number): number => queues.reduce((total, queue) => total + number(queue), 0);
  const missed = sum((queue) => queue.missed);
  const soon = sum((queue) => queue.aboutToMiss);
  return (
    <>
      <dl className={styles.sums}>
        <Sum label={say('queues.open')} value={sum(({ open }) => open)} />
        <Sum label={say('wall.worst')} value={sum((queue) => countOf(queue, { severity: 'A' }))} look="bad" />
        <Sum label={say('queues.soon')} value={soon} look="warn" />
        <Sum label={say('queues.missed')} value={missed} look="bad" />
      </dl>
      <ul className={styles.tiles}>{[...queues].sort(byUrgency).map((queue) => <Tile key={queue.queue ?? ''} queue={queue} />)}</ul>
    </>
  );
}

/** What needs somebody first comes first; the same queues stay in the same order. */
function byUrgency(a: ShownQueue, b: ShownQueue): number {
  return b.missed - a.missed || b.aboutToMiss - a.aboutToMiss || (a.queue ?? '').localeCompare(b.queue ?? '');
}

function Sum({ label, value, look }: { readonly label: string; readonly value: number; readonly look?: 'bad' | 'warn' }): ReactNode {
  return <div data-look={value > 0 ? look : undefined}><dt>{label}</dt><dd>{value}</dd></div>;
}

function Tile({ queue }: { readonly queue: ShownQueue }): ReactNode {
  const say = useSay();
  const worst = countOf(queue, { severity: 'A' });
  return (
    <li className={styles.tile} data-look={queue.missed > 0 ? 'bad' : queue.aboutToMiss > 0 ? 'warn' : undefined}>
      <h2><QueueName queue={queue.queue} /></h2>
      <p className={styles.open}>{queue.open}</p>
      <p className={styles.rest}>
        <span>A {worst}</span><span>{say('queues.soon')} {queue.aboutToMiss}</span><span>{say('queues.missed')} {queue.missed}</span>
        {queue.oldestOpenAt !== null && <span>{say('queues.oldest')} <Ago at={queue.oldestOpenAt} /></span>}
      </p>
    </li>
  );
}
