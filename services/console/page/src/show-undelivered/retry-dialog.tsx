import { Dialog } from '@base-ui/react/dialog';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button, parts } from '../design/parts.js';
import { sentenceOf } from '../design/states.js';
import { At } from '../design/times.js';
import { tell } from '../shell/toasts.js';
import { useSay } from '../words/words.js';
import type { Cause } from './cause.js';
import { retryCause } from './causes.js';
import styles from './undelivered.module.css';

interface RetryDialogProps {
  readonly causes: readonly Cause[];
  readonly since: string | null;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Says how many will be tried again before any is. */
export function RetryDialog({ causes, since, onClose, onDone }: RetryDialogProps): ReactNode {
  const say = useSay();
  const count = causes.reduce((sum, cause) => sum + cause.count, 0);
  const retry = useMutation({
    mutationFn: async () => {
      let done = 0;
      for (const cause of distinct(causes)) done += await retryCause(cause, since);
      return done;
    },
    onSuccess: (done) => tell({ title: say('undelivered.retried', { count: done }), text: done < count ? say('undelivered.retriedFewer', { asked: count }) : undefined }),
    onError: (error) => tell({ title: say('undelivered.refused'), text: sentenceOf(error), tone: 'bad' }),
    onSettled: () => { onClose(); onDone(); },
  });
  return (
    <Dialog.Root open onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className={parts.backdrop} />
        <Dialog.Popup className={parts.dialog}>
          <header>
            <Dialog.Title>{say('undelivered.retryTitle', { count })}</Dialog.Title>
            <Dialog.Description>{since === null ? say('undelivered.retryWhy') : <>{say('undelivered.retrySince')} <At at={since} />. {say('undelivered.retryWhy')}</>}</Dialog.Description>
          </header>
          <ul className={styles.asked}>{causes.map(({ id, count: own, code, about, service }) => <li key={id}><strong>{own}</strong> {[service, about].filter((part) => part !== null).join(' · ')} <code>{code}</code></li>)}</ul>
          <div className={parts.ends}>
            <Dialog.Close render={<Button />}>{say('dialog.cancel')}</Dialog.Close>
            <Button look="primary" disabled={retry.isPending} onClick={() => retry.mutate()}>{say('undelivered.retry')}</Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A retry of one call takes all of a code with it, whatever their channel or type: those are asked for once. */
function distinct(causes: readonly Cause[]): readonly Cause[] {
  return [...new Map(causes.map((cause) => [`${cause.kind} ${cause.service} ${cause.code} ${cause.kind === 'letter' ? '' : cause.about}`, cause])).values()];
}
