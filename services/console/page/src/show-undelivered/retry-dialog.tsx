import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Modal, ModalEnds, ModalHead } from '../design/modal.js';
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
    <Modal onClose={onClose}>
      <ModalHead title={say('undelivered.retryTitle', { count })} text={since === null ? say('undelivered.retryWhy') : <>{say('undelivered.retrySince')} <At at={since} />. {say('undelivered.retryWhy')}</>} />
      <ul className={styles.asked}>{causes.map(({ id, count: own, code, about, service }) => <li key={id}><strong>{own}</strong> {[service, about].filter((part) => part !== null).join(' · ')} <code>{code}</code></li>)}</ul>
      <ModalEnds label={say('undelivered.retry')} isDisabled={retry.isPending} onDo={() => retry.mutate()} />
    </Modal>
  );
}

/** A retry of one call takes all of a code with it, whatever their channel or type: those are asked for once. */
function distinct(causes: readonly Cause[]): readonly Cause[] {
  return [...new Map(causes.map((cause) => [`${cause.kind} ${cause.service} ${cause.code} ${cause.kind === 'letter' ? '' : cause.about}`, cause])).values()];
}
