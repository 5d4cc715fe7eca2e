import type { ReactNode } from 'react';
import { Modal, ModalEnds, ModalHead } from '../design/modal.js';
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
    <Modal onClose={onClose} className={styles.wideDialog}>
      <ModalHead title={say('matrix.activateTitle', { version: next?.version ?? '…' })} text={<>{say('matrix.activateWhy', { active: active.version })} {say(`matrix.eyes.${eyes}`, { author: version.createdBy })}</>} />
      <Difference before={active.matrix} after={next?.matrix ?? null} error={former.error} />
      {change.error !== null && <p className={styles.problem} role="alert">{sentenceOf(change.error)}</p>}
      <ModalEnds label={say(isBack ? 'matrix.rollBack' : 'matrix.activate')} isDisabled={eyes === 'same' || next === null || change.isPending} onDo={() => change.mutate()} />
    </Modal>
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
