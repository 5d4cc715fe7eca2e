import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useEffect, useState, type ReactNode } from 'react';
import { onSignedOut } from '../api/call.js';
import { Button, parts } from '../design/parts.js';
import { useLiveState } from '../live/live.js';
import { useSay } from '../words/words.js';

/** How a person gets a session again. What was on the page stays behind it. */
export function SessionEnded(): ReactNode {
  const say = useSay();
  const [isRefused, setIsRefused] = useState(false);
  const { status } = useLiveState();
  useEffect(() => onSignedOut(() => setIsRefused(true)), []);
  return (
    <AlertDialog.Root open={isRefused || status === 'signed-out'}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={parts.backdrop} />
        <AlertDialog.Popup className={parts.dialog}>
          <AlertDialog.Title>{say('session.ended')}</AlertDialog.Title>
          <AlertDialog.Description>{say('session.how')}</AlertDialog.Description>
          <pre className={parts.command}><code>npx handoff console link</code></pre>
          <div className={parts.ends}><Button look="primary" onClick={() => location.reload()}>{say('session.reload')}</Button></div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
