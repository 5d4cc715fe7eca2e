import { Link } from '@tanstack/react-router';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useCommands, type Command } from '../commands/commands.js';
import { useRowKeys } from '../commands/row-keys.js';
import { Badge, Button, parts, Unseen } from '../design/parts.js';
import { Empty, Failed, FailedBanner, Loading } from '../design/states.js';
import { PageHead, shell } from '../shell/page-head.js';
import { useQueues } from '../show-queues/queues.js';
import { useSay } from '../words/words.js';
import type { Cause, CauseKind } from './cause.js';
import { CauseRow } from './cause-row.js';
import { useCauses } from './causes.js';
import { RetryDialog } from './retry-dialog.js';
import styles from './undelivered.module.css';

const HOUR_MS = 3_600_000;
/** In hours; '' is all. */
const SINCE_HOURS = ['', '1', '24', '168'] as const;
type SinceHours = (typeof SINCE_HOURS)[number];

const KINDS: readonly CauseKind[] = ['notification', 'parked', 'letter'];
/** Queues whose tickets nobody was asked about. */
const UNPLACED = ['triage', 'unassigned'];

/** Everything that needs a person, by why. */
export function UndeliveredPage(): ReactNode {
  const say = useSay();
  const [since, setSince] = useState<{ readonly hours: SinceHours; readonly at: string | null }>({ hours: '', at: null });
  const { causes, failures, isLoading, renew } = useCauses(since.at);
  const [asked, setAsked] = useState<readonly Cause[] | null>(null);
  const retryable = causes.filter(({ canRetry, state }) => canRetry && state === 'given-up');
  const total = causes.reduce((sum, { count }) => sum + count, 0);
  useCommands(useMemo((): readonly Command[] => (retryable.length === 0 ? [] : [{ id: 'undelivered-retry-all', group: 'page', title: say('undelivered.retryAll'), keys: ['R'], run: () => setAsked(retryable) }]), [causes, say]));
  return (
    <>
      <PageHead title={say('nav.undelivered')} text={isLoading ? undefined : say('undelivered.scope', { total, causes: causes.length })}>
        <SinceChoice value={since.hours} onChange={(hours) => setSince({ hours, at: hours === '' ? null : new Date(Date.now() - Number(hours) * HOUR_MS).toISOString() })} />
        <Button disabled={retryable.length === 0} onClick={() => setAsked(retryable)}>{say('undelivered.retryAll')}</Button>
      </PageHead>
      {failures[0] !== undefined && causes.length > 0 && <FailedBanner error={failures[0]} onRetry={renew} />}
      <div className={shell.scroll} tabIndex={-1}>
        <div className={shell.padded}>
          <UnplacedTickets />
          <CauseTables causes={causes} failure={failures[0]} isLoading={isLoading} isNarrowed={since.at !== null} onRetry={(cause) => setAsked([cause])} onChanged={renew} />
        </div>
      </div>
      {asked !== null && <RetryDialog causes={asked} since={since.at} onClose={() => setAsked(null)} onDone={renew} />}
    </>
  );
}

function SinceChoice({ value, onChange }: { readonly value: SinceHours; readonly onChange: (hours: SinceHours) => void }): ReactNode {
  const say = useSay();
  return (
    <label>
      <Unseen>{say('undelivered.since')}</Unseen>
      <select className={parts.select} value={value} onChange={(event) => onChange(SINCE_HOURS.find((hours) => hours === event.target.value) ?? '')}>
        {SINCE_HOURS.map((hours) => <option key={hours} value={hours}>{say(hours === '' ? 'undelivered.sinceAll' : `undelivered.since${hours}`)}</option>)}
      </select>
    </label>
  );
}

function UnplacedTickets(): ReactNode {
  const say = useSay();
  const queues = (useQueues().data?.items ?? []).filter(({ queue, open }) => queue !== null && UNPLACED.includes(queue) && open > 0);
  if (queues.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="unplaced">
      <h2 id="unplaced">{say('undelivered.unplaced')}</h2>
      <p>{say('undelivered.unplacedWhy')}</p>
      <ul className={styles.queues}>
        {queues.map(({ queue, open }) => <li key={queue}><Link to="/tickets" search={{ queue: queue ?? '' }} data-row>{queue}</Link> <Badge tone="warn">{open}</Badge></li>)}
      </ul>
    </section>
  );
}

interface TablesProps {
  readonly causes: readonly Cause[];
  readonly failure: Error | undefined;
  readonly isLoading: boolean;
  readonly isNarrowed: boolean;
  readonly onRetry: (cause: Cause) => void;
  readonly onChanged: () => void;
}

function CauseTables({ causes, failure, isLoading, isNarrowed, onRetry, onChanged }: TablesProps): ReactNode {
  const say = useSay();
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  if (causes.length === 0) {
    if (isLoading) return <Loading />;
    if (failure !== undefined) return <Failed error={failure} onRetry={onChanged} />;
    return <Empty title={say(isNarrowed ? 'undelivered.noneSince' : 'undelivered.none')} text={say(isNarrowed ? 'undelivered.noneSinceWhy' : 'undelivered.noneWhy')} />;
  }
  return (
    <div ref={list}>
      {KINDS.map((kind) => ({ kind, own: causes.filter((cause) => cause.kind === kind) })).filter(({ own }) => own.length > 0).map(({ kind, own }) => (
        <section key={kind} className={styles.section} aria-labelledby={`causes-${kind}`}>
          <h2 id={`causes-${kind}`}>{say(`undelivered.${kind}`)}</h2>
          <p>{say(`undelivered.${kind}Why`)}</p>
          <ul className={styles.causes}>{own.map((cause) => <CauseRow key={cause.id} cause={cause} onRetry={() => onRetry(cause)} onChanged={onChanged} />)}</ul>
        </section>
      ))}
    </div>
  );
}
