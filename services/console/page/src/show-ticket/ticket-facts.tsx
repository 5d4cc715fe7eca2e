import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon } from '../design/icon.js';
import { Ago, At } from '../design/times.js';
import { type Say, useLanguage, useSay } from '../words/words.js';
import { type RoutingTicket, type TicketWithStory, useExplanation } from './ticket-queries.js';
import styles from './ticket.module.css';

/** What is known of the ticket, who has it, and what comes next. */
export function TicketFacts({ ticket, routing }: { readonly ticket: TicketWithStory; readonly routing: RoutingTicket | undefined }): ReactNode {
  const say = useSay();
  const rows = [...stateRows(ticket, routing, say), ...subjectRows(ticket, say), ...specialRows(ticket, routing, say)];
  return (
    <section className={styles.card}>
      <h2>{say('ticket.facts')}</h2>
      <dl className={styles.facts}>{rows.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      {routing?.description != null && <details className={styles.details}><summary>{say('facts.description')}</summary><p className={styles.description}>{routing.description}</p></details>}
      <ContactsAndDocuments ticket={ticket} />
    </section>
  );
}

type Row = readonly [label: string, value: ReactNode];

function stateRows({ hasIt, dueAt, acknowledgedAt, acknowledgedBy }: TicketWithStory, routing: RoutingTicket | undefined, say: Say): readonly Row[] {
  const next = routing?.response?.next ?? null;
  return [
    [say('facts.hasIt'), hasIt.join(', ') || say('way.nobody')],
    [say('facts.due'), dueAt === null ? '–' : <><At at={dueAt} /> <span className={styles.soft}>(<Ago at={dueAt} />)</span></>],
    [say('facts.next'), next === null ? '–' : <>{say(next.kind === 'reminder' ? 'facts.reminder' : 'facts.escalation')} <Ago at={next.at} /></>],
    [say('facts.acknowledged'), acknowledgedAt === null ? '–' : <>{acknowledgedBy ?? say('entry.somebody')}, <Ago at={acknowledgedAt} /></>],
  ];
}

function subjectRows({ area, customerId, offerId, partners, openedAt }: TicketWithStory, say: Say): readonly Row[] {
  return [
    [say('facts.area'), area === null ? '–' : say(`area.${area}`)],
    [say('facts.customer'), customerId ?? '–'],
    [say('tickets.offer'), offerId === null ? '–' : <Link to="/tickets" search={{ offer: offerId }}>{offerId}</Link>],
    [say('facts.parties'), partners.length === 0 ? '–' : partners.map((partner) => <Link key={partner} to="/tickets" search={{ partner }} className={styles.listed}>{partner}</Link>)],
    [say('facts.opened'), <At key="opened" at={openedAt} />],
  ];
}

/** What few tickets have. */
function specialRows({ attachedTo }: TicketWithStory, routing: RoutingTicket | undefined, say: Say): readonly Row[] {
  const [request, moved] = [routing?.serviceRequest?.number, routing?.reassigned ?? null];
  return [
    ...(attachedTo === null ? [] : [[say('facts.outage'), attachedTo] as const]),
    ...(request === undefined ? [] : [[say('facts.serviceRequest'), request] as const]),
    ...(moved === null ? [] : [[say('facts.reassigned'), `${moved.to}: ${moved.reason}`] as const]),
  ];
}

function ContactsAndDocuments({ ticket }: { readonly ticket: TicketWithStory }): ReactNode {
  const say = useSay();
  const { data } = useExplanation(ticket.ticketId, ticket.ticketVersion, useLanguage());
  // The newest decision has who was written to, with name and address.
  const decided = ticket.timeline.items.find(({ kind }) => kind === 'decided')?.data as { readonly recipients?: readonly { readonly name: string | null; readonly email: string | null; readonly partyName: string | null; readonly destination: string; readonly purpose: string }[] } | undefined;
  const recipients = decided?.recipients ?? [];
  const documents = data?.documents ?? [];
  return (
    <>
      {recipients.length > 0 && <><h3>{say('facts.contacts')}</h3><ul className={styles.contacts}>{recipients.map(({ name, email, partyName, destination, purpose }) => <li key={`${destination}${email ?? ''}`}><strong>{name ?? partyName ?? destination}</strong>{email !== null && <span>{email}</span>}<small>{partyName ?? destination} · {purpose}</small></li>)}</ul></>}
      {documents.length > 0 && <><h3>{say('facts.documents')}</h3><ul className={styles.contacts}>{documents.map(({ title, url }) => <li key={url}><a href={url} target="_blank" rel="noreferrer">{title}<Icon name="outward" /></a></li>)}</ul></>}
    </>
  );
}
