import { Dialog } from '@base-ui/react/dialog';
import { useState, type ReactNode } from 'react';
import { call } from '../api/call.js';
import { Modal, ModalHead } from '../design/modal.js';
import { Button, parts } from '../design/parts.js';
import { At } from '../design/times.js';
import { useSay } from '../words/words.js';
import { sourcePath, useDoing } from './sources.js';

interface Rotated {
  readonly secret: string;
  readonly oldExpireAt: string;
}

/** Makes a new secret, and shows it this once. */
export function RotateDialog({ source, onClose }: { readonly source: string; readonly onClose: () => void }): ReactNode {
  const say = useSay();
  const [rotated, setRotated] = useState<Rotated | null>(null);
  const rotate = useDoing(() => call<Rotated>(`${sourcePath(source)}/secrets/rotate`, { method: 'POST' }), setRotated);
  return (
    <Modal onClose={onClose}>
      <ModalHead title={say('sources.rotateTitle', { source })} text={rotated === null ? say('sources.rotateWhy') : <>{say('sources.rotated')} <At at={rotated.oldExpireAt} />.</>} />
      {rotated !== null && <pre className={parts.command} tabIndex={0}>{rotated.secret}</pre>}
      <div className={parts.ends}>
        <Dialog.Close render={<Button />}>{say(rotated === null ? 'dialog.cancel' : 'dialog.close')}</Dialog.Close>
        {rotated === null && <Button look="primary" disabled={rotate.isPending} onClick={() => rotate.mutate()}>{say('sources.rotate')}</Button>}
      </div>
    </Modal>
  );
}
