import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, type ReactNode } from 'react';
import { call } from '../api/call.js';
import type { PageOf } from '../api/server-types.js';
import { useRowKeys } from '../commands/row-keys.js';
import { Button, parts, Unseen } from '../design/parts.js';
import { Empty, Failed, Loading } from '../design/states.js';
import { At } from '../design/times.js';
import { PageHead, shell } from '../shell/page-head.js';
import { useSay } from '../words/words.js';
import { directoryRoute } from './directory-route.js';
import { type Kind, KINDS } from './directory-search.js';
import styles from './directory.module.css';

interface Entry {
  readonly id: string;
  readonly revision: number;
  readonly changedAt: string;
  readonly changedBy: string | null;
  readonly document: Readonly<Record<string, unknown>> | null;
}

const LIMIT = 100;
const HISTORY_SHOWN = 20;

/** Who is who: partners, offers, agreements and what else decisions rest on. */
export function DirectoryPage(): ReactNode {
  const say = useSay();
  const navigate = useNavigate();
  const { kind = 'partners', q, id } = directoryRoute.useSearch();
  return (
    <>
      <PageHead title={say('nav.directory')} text={say('directory.what')}>
        <label><Unseen>{say('directory.kind')}</Unseen><select className={parts.select} value={kind} onChange={({ target }) => void navigate({ to: '/directory', search: { kind: KINDS.find((each) => each === target.value) ?? 'partners' } })}>{KINDS.map((each) => <option key={each} value={each}>{say(`directory.${each}`)}</option>)}</select></label>
        <label><Unseen>{say('directory.search')}</Unseen><input type="search" className={parts.input} placeholder={say('directory.search')} defaultValue={q ?? ''} key={kind} onChange={({ target }) => void navigate({ to: '/directory', search: { kind, ...(target.value === '' ? {} : { q: target.value }) }, replace: true })} /></label>
      </PageHead>
      <div className={shell.scroll} tabIndex={-1}>
        <div className={`${shell.padded} ${styles.split}`}>
          <EntryList kind={kind} q={q} chosen={id} />
          {id === undefined ? <p className={styles.soft}>{say('directory.choose')}</p> : <WholeEntry key={`${kind}/${id}`} kind={kind} id={id} />}
        </div>
      </div>
    </>
  );
}

function EntryList({ kind, q, chosen }: { readonly kind: Kind; readonly q: string | undefined; readonly chosen: string | undefined }): ReactNode {
  const say = useSay();
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['directory', kind, q], placeholderData: keepPreviousData, initialPageParam: null as string | null, getNextPageParam: ({ next }: PageOf<Entry>) => next,
    queryFn: ({ pageParam, signal }) => call<PageOf<Entry>>(`/api/routing/v1/${kind}`, { query: { q, limit: LIMIT, cursor: pageParam }, signal }),
  });
  if (data === undefined) return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  const entries = data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) return <Empty title={say(q === undefined ? 'directory.none' : 'directory.noneFound')} text={say(q === undefined ? 'directory.noneWhy' : 'directory.noneFoundWhy')} />;
  return (
    <div>
      <ul ref={list} className={styles.list}>
        {entries.map(({ id, document }) => (
          <li key={id}><Link to="/directory" search={{ kind, ...(q === undefined ? {} : { q }), id }} className={styles.entry} aria-current={id === chosen ? 'true' : undefined} data-row>
            <span className={styles.name}>{nameOf(document) ?? id}</span><span className={styles.soft}>{id}{noteOf(document)}</span>
          </Link></li>
        ))}
      </ul>
      {hasNextPage && <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{say('directory.more')}</Button>}
    </div>
  );
}

function WholeEntry({ kind, id }: { readonly kind: Kind; readonly id: string }): ReactNode {
  const say = useSay();
  const path = `/api/routing/v1/${kind}/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useQuery({ queryKey: ['directory', kind, 'entry', id], queryFn: ({ signal }) => call<Entry>(path, { signal }) });
  const history = useQuery({ queryKey: ['directory', kind, 'history', id], queryFn: ({ signal }) => call<PageOf<Entry>>(`${path}/history`, { query: { limit: HISTORY_SHOWN }, signal }) });
  if (data === undefined) return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  return (
    <article className={styles.whole} aria-labelledby="entry">
      <h2 id="entry">{nameOf(data.document) ?? id}</h2>
      <p className={styles.soft}>{say('directory.revision', { revision: data.revision, by: data.changedBy ?? '–' })} <At at={data.changedAt} /></p>
      <Facts value={data.document} />
      {history.data !== undefined && history.data.items.length > 1 && <><h3>{say('directory.history')}</h3><ol className={styles.history}>{history.data.items.map(({ revision, changedAt, changedBy, document }) => <li key={revision}>{revision} · <At at={changedAt} /> · {changedBy ?? '–'}{document === null && ` · ${say('directory.deleted')}`}</li>)}</ol></>}
    </article>
  );
}

/** What an entry says, under the names that its interface has. */
function Facts({ value }: { readonly value: unknown }): ReactNode {
  if (Array.isArray(value)) return <ul className={styles.facts}>{value.map((each, index) => <li key={index}><Facts value={each} /></li>)}</ul>;
  if (typeof value !== 'object' || value === null) return <span>{value === null ? '–' : String(value)}</span>;
  return <dl className={styles.facts}>{Object.entries(value).map(([name, each]) => <div key={name}><dt>{name}</dt><dd><Facts value={each} /></dd></div>)}</dl>;
}

function nameOf(document: Entry['document']): string | null {
  return typeof document?.['name'] === 'string' ? document['name'] : null;
}

function noteOf(document: Entry['document']): string {
  const parties = ['model', 'kind', 'publisherId', 'providerId', 'resellerId', 'customerId', 'offerId'].map((name) => document?.[name]).filter((value) => typeof value === 'string');
  return parties.length === 0 ? '' : ` · ${parties.join(' · ')}`;
}
