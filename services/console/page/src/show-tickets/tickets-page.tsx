import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Outcome } from '../act-on-tickets/act.js';
import { Button, Keys, parts } from '../design/parts.js';
import { Empty, Failed, FailedBanner, Loading } from '../design/states.js';
import { PageHead } from '../shell/page-head.js';
import { useSay } from '../words/words.js';
import { FilterBar } from './filter-bar.js';
import { SelectionBar } from './selection-bar.js';
import type { TicketFilter } from './ticket-filter.js';
import { TicketGrid } from './ticket-grid.js';
import { ARRIVED_MAX } from './ticket-list.decision.js';
import styles from './tickets.module.css';
import { ticketsRoute } from './tickets-route.js';
import { useFilterChange } from './use-filter-change.js';
import { type EarlyKeys, useListCommands } from './use-list-commands.js';
import { useSearchText } from './use-search-text.js';
import { ticketListOf, useTicketList } from './use-ticket-list.js';
import { ViewMenu, useViewName } from './views.js';

const SETTLED_AFTER_MS = 1_500;
const NO_FAILURES: ReadonlyMap<string, string> = new Map();
const NO_KEYS: readonly string[] = [];

export function TicketsPage(): ReactNode {
  const filter = ticketsRoute.useSearch();
  const change = useFilterChange(filter);
  const field = useSearchText(filter, change);
  const search = useRef<HTMLInputElement>(null);
  const [early, setEarly] = useState(NO_KEYS);
  // A list for each filter: nothing of one stays in another. Head and filter stay, and whoever writes there goes on writing.
  return (
    <>
      <TicketsHead filter={filter} />
      <FilterBar filter={filter} change={change} field={field} search={search} />
      <TicketsOf key={JSON.stringify(filter)} filter={filter} search={search} isSearchDue={field.isDue} early={early} setEarly={setEarly} />
    </>
  );
}

function TicketsHead({ filter }: { readonly filter: TicketFilter }): ReactNode {
  const say = useSay();
  const { data: list } = useQuery(ticketListOf(filter));
  return <PageHead title={useViewName(filter)} text={list === undefined ? undefined : say('tickets.shown', { shown: list.order.length, isAll: list.next === null ? 'yes' : 'no' })}><ViewMenu filter={filter} /></PageHead>;
}

interface TicketsOfProps extends EarlyKeys {
  readonly filter: TicketFilter;
  readonly search: RefObject<HTMLInputElement | null>;
  /** Whether another list, of what was written since, is about to come in place of this one. */
  readonly isSearchDue: boolean;
}

function TicketsOf({ filter, search, isSearchDue, early, setEarly }: TicketsOfProps): ReactNode {
  const live = useTicketList(filter);
  const { data: list, error, refetch } = live.query;
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [failures, setFailures] = useState(NO_FAILURES);
  const grid = useRef<HTMLDivElement>(null);
  const settled = useCallback(({ done, failed }: Outcome) => {
    // What failed stays selected, so that it can be tried again or looked at.
    setSelected((before) => new Set([...before].filter((id) => failed.has(id))));
    setFailures(failed);
    live.look(done);
    // What routing did reaches the list a moment later; without a live connection nothing tells when.
    setTimeout(() => live.look(done), SETTLED_AFTER_MS);
  }, [live]);
  const meant = useMemo(() => (list === undefined ? [] : (selected.size > 0 ? [...selected] : focusedId === null ? [] : [focusedId]).flatMap((id) => list.rows[id] ?? [])), [list, selected, focusedId]);
  const renew = useCallback(() => void live.renew().catch(() => undefined), [live]);
  const isAwaited = isSearchDue || (list === undefined && error === null);
  useListCommands({ list, focusedId, setFocusedId, selected, setSelected, meant, settled, renew, grid, search }, { isAwaited, early, setEarly });
  return (
    <>
      {error !== null && list !== undefined && <FailedBanner error={error} onRetry={() => void refetch()} />}
      <div className={styles.body}>
        {list === undefined && (error === null ? <Loading rows={14} /> : <Failed error={error} onRetry={() => void refetch()} />)}
        {list !== undefined && list.arrived.length > 0 && <ArrivedPill arrived={list.arrived.length} onApply={renew} />}
        {list !== undefined && list.order.length === 0 && <NoTickets filter={filter} />}
        {list !== undefined && list.order.length > 0 && <TicketGrid filter={filter} list={list} live={live} focusedId={focusedId} setFocusedId={setFocusedId} selected={selected} setSelected={setSelected} failures={failures} renew={renew} ref={grid} />}
      </div>
      {selected.size > 0 && <SelectionBar tickets={meant} settled={settled} onClear={() => setSelected(new Set())} />}
    </>
  );
}

function ArrivedPill({ arrived, onApply }: { readonly arrived: number; readonly onApply: () => void }): ReactNode {
  const say = useSay();
  return (
    <div className={styles.pillPlace} role="status">
      <Button look="primary" className={styles.pill ?? ''} onClick={onApply}>{say('tickets.arrived', { arrived: Math.min(arrived, ARRIVED_MAX), isMore: arrived > ARRIVED_MAX ? 'yes' : 'no' })}<Keys keys={['.']} /></Button>
    </div>
  );
}

/** Nothing there, or nothing left by the filter: these are two things. */
function NoTickets({ filter }: { readonly filter: TicketFilter }): ReactNode {
  const say = useSay();
  const navigate = useNavigate();
  const { sort: _sort, ...narrowing } = filter;
  if (Object.keys(narrowing).length === 0) return <Empty title={say('queues.none')} text={say('queues.noneWhy')}><code>npx handoff send --source jira-demo</code></Empty>;
  return <Empty title={say('tickets.noneMatch')} text={say('tickets.noneMatchWhy')}><Button className={parts.button ?? ''} onClick={() => void navigate({ to: '/tickets', search: {} })}>{say('tickets.clear')}</Button></Empty>;
}
