import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { Button, parts } from '../design/parts.js';
import { Failed, Loading, sentenceOf } from '../design/states.js';
import { useSession } from '../shell/session.js';
import { tell } from '../shell/toasts.js';
import { useSay } from '../words/words.js';
import { diffOf, type Eyes, eyesOf, type Version } from './version.decision.js';
import { matrixCalls, useMatrixDoing, useVersion } from './versions.js';
import styles from './matrix.module.css';

interface ActivateDialogProps {
  readonly kind: 'activate' | 'roll-back';
  readonly version: Version;
  readonly active: Version;
  readonly onClose: () => void;
}

/** Shows what would change before a version takes the place of the active one, and asks for a second pair of eyes. */
export function ActivateDialog({ kind, version, active, onClose }: ActivateDialogProps): ReactNode {
  const say = useSay();
  const isBack = kind === 'roll-back';
  const former = useVersion(isBack ? (version.replaced ?? undefined) : undefined);
  const next = isBack ? (former.data?.version ?? null) : version;
  const eyes = useEyes(version, isBack);
  const change = useMatrixDoing(() => (isBack ? matrixCalls.rollBack(active.version) : matrixCalls.activate(version.version, active.version)), () => { tell({ title: say('matrix.isActive', { version: next?.version }) }); onClose(); });
  return (
    <Dialog.Root open onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className={parts.backdrop} />
        <Dialog.Popup className={`${parts.dialog} ${styles.wideDialog}`}>
          <header>
            <Dialog.Title>{say('matrix.activateTitle', { version: next?.version ?? '…' })}</Dialog.Title>
            <Dialog.Description>{say('matrix.activateWhy', { active: active.version })} {say(`matrix.eyes.${eyes}`, { author: version.createdBy })}</Dialog.Description>
          </header>
          <Difference before={active.matrix} after={next?.matrix ?? null} error={former.error} />
          {change.error !== null && <p className={styles.problem} role="alert">{sentenceOf(change.error)}</p>}
          <div className={parts.ends}>
            <Dialog.Close render={<Button />}>{say('dialog.cancel')}</Dialog.Close>
            <Button look="primary" disabled={eyes === 'same' || next === null || change.isPending} onClick={() => change.mutate()}>{say(isBack ? 'matrix.rollBack' : 'matrix.activate')}</Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useEyes(version: Version, isBack: boolean): Eyes {
  const viewer = useSession()?.name ?? null;
  // Back to what was active before: that was looked at then.
  return isBack ? 'second' : eyesOf(version, viewer);
}

const MARKS = { added: '+', removed: '−', same: ' ', 'left-out': ' ' } as const;

function Difference({ before, after, error }: { readonly before: string; readonly after: string | null; readonly error: Error | null }): ReactNode {
  const say = useSay();
  if (after === null) return error === null ? <Loading rows={4} /> : <Failed error={error} />;
  const lines = diffOf(before, after);
  return (
    <pre className={styles.diff} tabIndex={0} role="group" aria-label={say('matrix.difference')}>
      {lines.map(({ kind, text }, index) => <span key={index} data-kind={kind}>{MARKS[kind]} {text}</span>)}
    </pre>
  );
}
