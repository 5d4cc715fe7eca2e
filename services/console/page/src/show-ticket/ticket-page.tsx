import { Link, useRouter } from '@tanstack/react-router';
import { useCallback, useMemo, type ReactNode } from 'react';
import { begin } from '../act-on-tickets/action-dialogs.js';
import { canBeDone, offeredFor } from '../act-on-tickets/ticket-action.decision.js';
import { type Command, useCommands } from '../commands/commands.js';
import { Icon } from '../design/icon.js';
import { Button, Keys } from '../design/parts.js';
import { Failed, FailedBanner, Loading } from '../design/states.js';
import { PageHead, shell } from '../shell/page-head.js';
import { SeverityMark, StateBadge } from '../show-tickets/ticket-row.js';
import { ACTION_KEYS, useActionCommands } from '../show-tickets/use-list-commands.js';
import { useSay } from '../words/words.js';
import { TicketFacts } from './ticket-facts.js';
import { TicketMessages } from './ticket-messages.js';
import { type TicketWithStory, useNotifications, useRoutingTicket, useTicket, useTicketLive } from './ticket-queries.js';
import { ticketRoute } from './ticket-route.js';
import styles from './ticket.module.css';
import { Timeline } from './timeline.js';
import { WhyHere } from './why-here.js';

export function TicketPage(): ReactNode {
  const say = useSay();
  const { ticketId } = ticketRoute.useParams();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useTicket(ticketId);
  const ticket = data?.pages[0];
  if (ticket === undefined) return <><PageHead title={say('ticket.ticket')} />{error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />}</>;
  const entries = data?.pages.flatMap((page) => page.timeline.items) ?? [];
  return (
    <OneTicket key={ticketId} ticket={ticket}>
      {error !== null && <FailedBanner error={error} onRetry={() => void refetch()} />}
      <div className={styles.columns}>
        <div className={styles.main}>
          <WhyHere ticket={ticket} />
          <Timeline entries={entries} ticketId={ticketId} hasMore={hasNextPage} isLoading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
        </div>
        <Aside ticket={ticket} />
      </div>
    </OneTicket>
  );
}

function OneTicket({ ticket, children }: { readonly ticket: TicketWithStory; readonly children: ReactNode }): ReactNode {
  const say = useSay();
  const renew = useTicketLive(ticket.ticketId);
  const settled = useCallback(() => renew(), [renew]);
  const meant = useMemo(() => [ticket], [ticket]);
  useActionCommands(meant, settled);
  const { history, navigate } = useRouter();
  useCommands(useMemo((): readonly Command[] => {
    // Opened from a link, there is nothing to go back to.
    const back = (): void => { if (history.canGoBack()) history.back(); else void navigate({ to: '/tickets', search: {} }); };
    return [
      { id: 'back', group: 'go', title: say('ticket.back'), keys: ['Escape'], run: back },
      { id: 'why', group: 'ticket', title: say('why.title'), otherWords: 'why reason decision neden karar', keys: ['y'], run: () => goTo('why') },
      { id: 'story', group: 'ticket', title: say('timeline.title'), otherWords: 'story timeline öykü', keys: ['t'], run: () => goTo('story') },
    ];
  }, [history, navigate, say]));
  return (
    <>
      <PageHead title={ticket.subject ?? say('tickets.noSubject')}>
        {offeredFor(meant).map((kind) => <Button key={kind} disabled={!canBeDone(kind, ticket)} onClick={() => begin(kind, meant, settled)}>{say(`act.${kind}`)}<Keys keys={[ACTION_KEYS[kind]]} /></Button>)}
      </PageHead>
      <div className={shell.scroll} tabIndex={-1}>
        <p className={styles.under}>
          <Link to="/tickets" search={ticket.queue === null ? {} : { queue: ticket.queue }}><Icon name="back" />{ticket.queue ?? say('queue.undecided')}</Link>
          <SeverityMark severity={ticket.severity} /><StateBadge ticket={ticket} />
          {ticket.externalUrl === null ? <span>{ticket.externalId}</span> : <a href={ticket.externalUrl} target="_blank" rel="noreferrer">{ticket.externalId}<Icon name="outward" /></a>}
          <span>{ticket.source}</span>
        </p>
        {children}
      </div>
    </>
  );
}

function goTo(id: string): void {
  const place = document.getElementById(id);
  place?.scrollIntoView({ block: 'start' });
  place?.focus({ preventScroll: true });
}

function Aside({ ticket }: { readonly ticket: TicketWithStory }): ReactNode {
  const say = useSay();
  const { data: routing } = useRoutingTicket(ticket.ticketId, ticket.ticketVersion);
  const notifications = useNotifications(ticket.ticketId);
  return (
    <aside className={styles.aside} aria-label={say('ticket.facts')}>
      <TicketFacts ticket={ticket} routing={routing} />
      <TicketMessages ticket={ticket} notifications={notifications} />
    </aside>
  );
}
