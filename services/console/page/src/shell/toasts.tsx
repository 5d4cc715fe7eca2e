import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { classes, parts } from '../design/parts.js';
import { useSay } from '../words/words.js';
import styles from './toasts.module.css';

const manager = Toast.createToastManager();
/** Long enough to reach it by keyboard; it stays while it is pointed at or focused. */
const TIMEOUT_MS = 12_000;

/** What happened, for a while at the edge of the page. `undo` also runs by `u` until the next such. */
export function tell({ title, text, tone = 'plain', action }: { readonly title: string; readonly text?: string | undefined; readonly tone?: 'plain' | 'bad'; readonly action?: { readonly label: string; readonly run: () => void } | undefined }): void {
  const id = manager.add({
    title, description: text, type: tone, priority: tone === 'bad' ? 'high' : 'low',
    ...(action === undefined ? {} : { actionProps: { children: action.label, onClick: () => { manager.close(id); action.run(); } } }),
  });
}

export function Toasts({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Toast.Provider toastManager={manager} timeout={TIMEOUT_MS} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}><ToastList /></Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList(): ReactNode {
  const say = useSay();
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} data-toast className={styles.toast}>
      <Toast.Content className={styles.content}>
        <div className={styles.words}>
          <Toast.Title className={styles.title} />
          <Toast.Description className={styles.text} />
        </div>
        <Toast.Action className={parts.button} />
        <Toast.Close className={classes(parts.button, parts.quiet, parts.icon)} aria-label={say('dialog.close')}>✕</Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
