import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState, type ReactNode } from 'react';
import type { PageOf, ShownTicket } from '../api/server-types.js';
import { Badge, Button } from '../design/parts.js';
import { Failed, Loading } from '../design/states.js';
import { Ago, At } from '../design/times.js';
import { useSay } from '../words/words.js';
import { type Outage, type OutagePartner, useOutagePartners, useOutageTickets } from './outages.js';
import { ReportDialog } from './report-dialog.js';
import styles from './outages.module.css';

const TONES = { delivered: 'good', failed: 'bad', suppressed: 'warn' } as const;

export function OutageRow({ outage }: { readonly outage: Outage }): ReactNode {
  const say = useSay();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [reporting, setReporting] = useState<'news' | 'end' | null>(null);
  const { noticeId, offerId, summary, startedAt, endedAt, partners, partnersTold, failure } = outage;
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <button type="button" className={styles.opener} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)} data-row><span className={styles.name}>{summary}</span><span className={styles.soft}>{offerId} · {noticeId}</span></button>
        <Badge tone={endedAt === null ? 'bad' : 'good'} hasDot>{endedAt === null ? <>{say('outages.lasts')} <Ago at={startedAt} /></> : <>{say('outages.ended')} <Ago at={endedAt} /></>}</Badge>
        <Badge tone={partnersTold < partners ? 'warn' : 'plain'}>{say('outages.told', { told: partnersTold, partners })}</Badge>
        {endedAt === null && <><Button onClick={() => setReporting('news')}>{say('outages.news')}</Button><Button onClick={() => setReporting('end')}>{say('outages.end')}</Button></>}
      </div>
      {failure !== null && <p className={styles.failure} role="alert">{say('outages.failure', { failure })}</p>}
      <div id={id}>{isOpen && <><Partners outage={outage} /><Tickets outage={outage} /></>}</div>
      {reporting !== null && <ReportDialog outage={outage} isEnd={reporting === 'end'} onClose={() => setReporting(null)} />}
    </li>
  );
}

function Partners({ outage }: { readonly outage: Outage }): ReactNode {
  const say = useSay();
  return <Belonging title={say('outages.partners')} none={say('outages.noPartners')} found={useOutagePartners(outage)} show={(partner) => <Partner key={partner.partnerId} partner={partner} version={outage.noticeVersion} />} />;
}

function Partner({ partner: { partnerId, partnerName, customers, toldVersion, toldAt, messages }, version }: { readonly partner: OutagePartner; readonly version: number }): ReactNode {
  const say = useSay();
  return (
    <li>
      <span className={styles.name}>{partnerName ?? partnerId}</span> <span className={styles.soft}>{say('outages.customers', { customers })}</span>{' '}
      {toldAt === null ? <Badge tone="warn">{say('outages.notTold')}</Badge> : <span className={styles.soft}>{say(toldVersion < version ? 'outages.toldOlder' : 'outages.toldNewest')} <At at={toldAt} /></span>}{' '}
      {messages.map(({ notificationId, channel, outcome, detail }) => <span key={notificationId} title={detail}><Badge tone={TONES[outcome]} hasDot>{channel}: {say(`outages.outcome.${outcome}`)}</Badge></span>)}
    </li>
  );
}

function Tickets({ outage }: { readonly outage: Outage }): ReactNode {
  const say = useSay();
  return <Belonging title={say('outages.tickets')} none={say('outages.noTickets')} found={useOutageTickets(outage)} show={(ticket) => <Ticket key={ticket.ticketId} ticket={ticket} />} />;
}

function Ticket({ ticket: { ticketId, externalId, subject, customerId } }: { readonly ticket: ShownTicket }): ReactNode {
  return <li><Link to={`/tickets/${ticketId}` as '/tickets'}>{subject ?? externalId}</Link> <span className={styles.soft}>{[externalId, customerId].filter((part) => part !== null).join(' · ')}</span></li>;
}

interface BelongingProps<T> {
  readonly title: string;
  /** What stands there where there is none. */
  readonly none: string;
  readonly found: UseQueryResult<PageOf<T>>;
  readonly show: (item: T) => ReactNode;
}

/** What belongs to an outage: its first page, and whether there is more. */
function Belonging<T>({ title, none, found: { data, error, refetch }, show }: BelongingProps<T>): ReactNode {
  const say = useSay();
  return (
    <section className={styles.inner}>
      <h3>{title}</h3>
      {data === undefined ? (error === null ? <Loading rows={2} /> : <Failed error={error} onRetry={() => void refetch()} />)
        : data.items.length === 0 ? <p>{none}</p> : <ul className={styles.list}>{data.items.map(show)}</ul>}
      {data != null && data.next !== null && <p>{say('outages.more', { shown: data.items.length })}</p>}
    </section>
  );
}
