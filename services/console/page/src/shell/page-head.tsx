import { useEffect, type ReactNode } from 'react';
import styles from './shell.module.css';

export { styles as shell };

/** The head of a page: what it is, in how far, and what can be done. It names the browser's tab as well. */
export function PageHead({ title, text, children }: { readonly title: string; readonly text?: ReactNode; readonly children?: ReactNode }): ReactNode {
  useEffect(() => { document.title = `${title} · Handoff`; }, [title]);
  return (
    <header className={styles.head}>
      <h1>{title}</h1>
      {text !== undefined && <p>{text}</p>}
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </header>
  );
}
