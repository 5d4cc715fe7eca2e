import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import { call } from '../api/call.js';
import type { Overview, ShownParty } from '../api/server-types.js';
import { useCommands, type Command } from '../commands/commands.js';
import { Button, classes } from '../design/parts.js';
import { Empty, Failed, FailedBanner, Loading } from '../design/states.js';
import { useNow } from '../design/times.js';
import { PageHead, shell } from '../shell/page-head.js';
import { QueueName } from '../show-queues/queue-name.js';
import { useSay } from '../words/words.js';
import { saveAs } from './save-as.js';
import { useDurationText } from './duration-text.js';
import { overviewCsv } from './overview-csv.js';
import { overviewRoute } from './overview-route.js';
import { periodOf } from './overview-search.js';
import { PeriodChoice } from './period-choice.js';
import styles from './overview.module.css';

const OverviewPlots = lazy(() => import('./overview-plots.js'));
const MINUTE_MS = 60_000;

/** What became of the tickets of a period. */
export function OverviewPage(): ReactNode {
  const say = useSay();
  const search = overviewRoute.useSearch();
  const navigate = useNavigate();
  const minute = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;
  const period = periodOf(search, minute);
  const { queue, partner } = search;
  const { data, error, refetch } = useQuery({
    queryKey: ['overview', period, queue, partner], placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call<Overview>('/api/overview', { query: { ...period, queue, partner, zone: Intl.DateTimeFormat().resolvedOptions().timeZone }, signal }),
  });
  useCommands(useMemo((): readonly Command[] => (data === undefined ? [] : [{ id: 'overview-csv', group: 'page', title: say('overview.csv'), keys: [], run: () => saveCsv(data) }]), [data, say]));
  return (
    <>
      <PageHead title={say('nav.overview')} text={<ScopeText queue={queue} partner={partner} />}>
        <PeriodChoice search={search} onChange={(chosen) => void navigate({ to: '/overview', search: { ...(queue === undefined ? {} : { queue }), ...(partner === undefined ? {} : { partner }), ...chosen } })} />
        <Button disabled={data === undefined} onClick={() => { if (data !== undefined) saveCsv(data); }}>{say('overview.csv')}</Button>
      </PageHead>
      {error !== null && data !== undefined && <FailedBanner error={error} onRetry={() => void refetch()} />}
      <div className={shell.scroll} tabIndex={-1}>
        <div className={shell.padded}>
          {data === undefined ? (error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />) : <Shown overview={data} />}
        </div>
      </div>
    </>
  );
}

function saveCsv(overview: Overview): void {
  saveAs(`handoff-overview-${overview.from.slice(0, 10)}-${overview.to.slice(0, 10)}.csv`, new Blob([overviewCsv(overview)], { type: 'text/csv;charset=utf-8' }));
}

function ScopeText({ queue, partner }: { readonly queue: string | undefined; readonly partner: string | undefined }): ReactNode {
  const say = useSay();
  if (queue === undefined && partner === undefined) return say('overview.ofAll');
  return <>{queue === undefined ? say('overview.ofPartner', { partner }) : <>{say('overview.ofQueue')} <QueueName queue={queue} /></>} · <Link to="/overview" search={({ queue: _queue, partner: _partner, ...rest }) => rest}>{say('overview.showAll')}</Link></>;
}

function Shown({ overview }: { readonly overview: Overview }): ReactNode {
  const say = useSay();
  if (overview.total.tickets === 0) return <Empty title={say('overview.none')} text={say('overview.noneWhy')} />;
  return (
    <>
      <Totals total={overview.total} />
      <Suspense fallback={<Loading rows={4} />}><OverviewPlots overview={overview} /></Suspense>
      <Parties parties={overview.queues} by="queue" />
      <Parties parties={overview.partners} by="partner" />
    </>
  );
}

function Totals({ total }: { readonly total: Overview['total'] }): ReactNode {
  const say = useSay();
  const duration = useDurationText();
  const facts = [
    { key: 'tickets', value: String(total.tickets), note: null },
    ...(['routed', 'delivered', 'acknowledged'] as const).map((key) => ({ key, value: duration(total[key].medianMs), note: total[key].p95Ms === null ? null : say('overview.p95', { duration: duration(total[key].p95Ms) }) })),
    { key: 'met', value: shareText(total), note: say('overview.metNote', { met: total.targets.met, late: total.targets.missed + total.overdue }) },
    { key: 'overdue', value: String(total.overdue), note: null },
  ] as const;
  return (
    <dl className={styles.totals}>
      {facts.map(({ key, value, note }) => <div key={key} className={styles.total}><dt>{say(`overview.${key}`)}</dt><dd className={styles.value}>{value}</dd>{note !== null && <dd className={styles.note}>{note}</dd>}</div>)}
    </dl>
  );
}

function Parties({ parties: shown, by }: { readonly parties: readonly ShownParty[]; readonly by: 'queue' | 'partner' }): ReactNode {
  const say = useSay();
  const duration = useDurationText();
  if (shown.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2 id={`overview-${by}`}>{say(`overview.by-${by}`)}</h2>
      <div className={styles.wide} tabIndex={0} role="group" aria-labelledby={`overview-${by}`}>
        <table className={styles.table}>
          <thead><tr><th scope="col">{say(`overview.${by}`)}</th>{(['tickets', 'routed', 'delivered', 'acknowledged', 'met', 'overdue'] as const).map((key) => <th key={key} scope="col" className={styles.number}>{say(`overview.${key}`)}</th>)}</tr></thead>
          <tbody>
            {shown.map((party) => (
              <tr key={party.key}>
                <th scope="row"><Link to="/overview" search={({ queue: _queue, partner: _partner, ...rest }) => ({ ...rest, [by]: party.key })}><QueueName queue={party.key} /></Link></th>
                <td className={styles.number}>{party.tickets}</td>
                {(['routed', 'delivered', 'acknowledged'] as const).map((key) => <td key={key} className={styles.number}>{duration(party[key].medianMs)}</td>)}
                <td className={styles.number}>{shareText(party)}</td>
                <td className={classes(styles.number, party.overdue > 0 && styles.bad)}>{party.overdue}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Of all that had a target and were answered, or should have been by now. */
function shareText({ targets: { met, missed }, overdue }: Pick<ShownParty, 'targets' | 'overdue'>): string {
  const all = met + missed + overdue;
  return all === 0 ? '–' : `${Math.floor((met / all) * 100)} %`;
}
