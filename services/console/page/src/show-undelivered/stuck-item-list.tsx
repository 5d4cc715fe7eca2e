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
import { retryItem, type StuckItem, useStuckItems } from './stuck-items.js';
import styles from './undelivered.module.css';

export function StuckItems({ cause, onChanged }: { readonly cause: Cause; readonly onChanged: () => void }): ReactNode {
  const say = useSay();
  const { data, error, refetch } = useStuckItems(cause);
  if (data === undefined) return error === null ? <Loading rows={3} /> : <Failed error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <ul className={styles.items}>{data.items.map((item) => <Item key={item.id} cause={cause} item={item} onChanged={onChanged} />)}</ul>
      {data.hasMore && <p className={styles.detail}>{say('undelivered.more', { shown: data.items.length })}</p>}
    </>
  );
}

function Item({ cause, item, onChanged }: { readonly cause: Cause; readonly item: StuckItem; readonly onChanged: () => void }): ReactNode {
  const say = useSay();
  const [dialog, setDialog] = useState<'edit' | 'discard' | null>(null);
  const retry = useMutation({
    mutationFn: () => retryItem(cause, item.id),
    onSuccess: () => { tell({ title: say('undelivered.retried', { count: 1 }) }); onChanged(); },
    onError: (error) => tell({ title: say('undelivered.refused'), text: sentenceOf(error), tone: 'bad' }),
  });
  return (
    <li className={styles.item}>
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
