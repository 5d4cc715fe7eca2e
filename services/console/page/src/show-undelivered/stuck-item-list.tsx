import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Button } from '../design/parts.js';
import { Failed, Loading, sentenceOf } from '../design/states.js';
import { At, Ago } from '../design/times.js';
import { tell } from '../shell/toasts.js';
import { useSay } from '../words/words.js';
import type { Cause } from './cause.js';
import { DiscardDialog, EditDialog } from './item-dialogs.js';
import { retryItem, retryItems, type StuckItem, useStuckItems } from './stuck-items.js';
import styles from './undelivered.module.css';

export function StuckItems({ cause, onChanged }: { readonly cause: Cause; readonly onChanged: () => void }): ReactNode {
  const say = useSay();
  const { data, error, refetch } = useStuckItems(cause);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (data === undefined) return error === null ? <Loading rows={3} /> : <Failed error={error} onRetry={() => void refetch()} />;
  return (
    <>
      {cause.canRetry && data.items.length > 0 && <RetryThese cause={cause} items={data.items} chosen={chosen} onDone={() => { setChosen(new Set()); onChanged(); }} />}
      <ul className={styles.items}>{data.items.map((item) => <Item key={item.id} cause={cause} item={item} onChanged={onChanged} isChosen={chosen.has(item.id)} onChoose={() => setChosen((before) => (before.has(item.id) ? new Set([...before].filter((id) => id !== item.id)) : new Set([...before, item.id])))} />)}</ul>
      {data.hasMore && <p className={styles.detail}>{say('undelivered.more', { shown: data.items.length })}</p>}
    </>
  );
}

/** Tries again those that are chosen, else those that are shown, and no others of their cause. */
function RetryThese({ cause, items, chosen, onDone }: { readonly cause: Cause; readonly items: readonly StuckItem[]; readonly chosen: ReadonlySet<string>; readonly onDone: () => void }): ReactNode {
  const say = useSay();
  const some = items.filter(({ id }) => chosen.has(id));
  const meant = some.length > 0 ? some : items;
  const retry = useMutation({
    mutationFn: () => retryItems(cause, meant.map(({ id }) => id)),
    onSuccess: ({ done, failure }) => tell({ title: say('undelivered.retried', { count: done }), ...(failure === null ? {} : { text: sentenceOf(failure), tone: 'bad' as const }) }),
    onSettled: onDone,
  });
  return <p className={styles.items}><Button disabled={retry.isPending} onClick={() => retry.mutate()}>{say(some.length > 0 ? 'undelivered.retryChosen' : 'undelivered.retryShown', { count: meant.length })}</Button></p>;
}

interface ItemProps {
  readonly cause: Cause;
  readonly item: StuckItem;
  readonly onChanged: () => void;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Item({ cause, item, onChanged, isChosen, onChoose }: ItemProps): ReactNode {
  const say = useSay();
  const [dialog, setDialog] = useState<'edit' | 'discard' | null>(null);
  const retry = useMutation({
    mutationFn: () => retryItem(cause, item.id),
    onSuccess: () => { tell({ title: say('undelivered.retried', { count: 1 }) }); onChanged(); },
    onError: (error) => tell({ title: say('undelivered.refused'), text: sentenceOf(error), tone: 'bad' }),
  });
  return (
    <li className={styles.item}>
      {cause.canRetry && <input type="checkbox" checked={isChosen} onChange={onChoose} aria-label={say('undelivered.choose', { title: item.title })} />}
      <div className={styles.itemWords}>
        <span>{item.ticketId === null ? item.title : <Link to={`/tickets/${item.ticketId}` as '/tickets'}>{item.title}</Link>} <span className={styles.soft}><At at={item.at} /></span></span>
        <span className={styles.detail}>{item.detail}</span>
        <span className={styles.soft}>
          {say('undelivered.attempts', { done: item.attempts, left: item.attemptsLeft })}
          {item.nextAt !== null && <> · {say('undelivered.next')} <Ago at={item.nextAt} /></>}
        </span>
      </div>
      {cause.canRetry && <Button disabled={retry.isPending} onClick={() => retry.mutate()}>{say('undelivered.retry')}</Button>}
      {cause.kind === 'letter' && cause.canRetry && <Button onClick={() => setDialog('edit')}>{say('undelivered.edit')}</Button>}
      {cause.kind !== 'notification' && <Button look="danger" onClick={() => setDialog('discard')}>{say('undelivered.discard')}</Button>}
      {dialog === 'edit' && <EditDialog cause={cause} item={item} onClose={() => setDialog(null)} onDone={onChanged} />}
      {dialog === 'discard' && <DiscardDialog cause={cause} item={item} onClose={() => setDialog(null)} onDone={onChanged} />}
    </li>
  );
}
