import { Button as BaseButton } from '@base-ui/react/button';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './parts.module.css';

export { styles as parts };

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  /** An icon alone; give it an `aria-label`. */
  readonly isIcon?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', isIcon = false, className, ...props }: ButtonProps): ReactNode {
  return <BaseButton type="button" {...props} className={classes(styles.button, look === 'plain' ? undefined : styles[look], isIcon ? styles.icon : undefined, className)} />;
}

export type Tone = 'plain' | 'bad' | 'warn' | 'good' | 'info';

export function Badge({ tone = 'plain', hasDot = false, children }: { readonly tone?: Tone; readonly hasDot?: boolean; readonly children: ReactNode }): ReactNode {
  return <span className={styles.badge} data-tone={tone}>{hasDot && <span className={styles.dot} aria-hidden />}{children}</span>;
}

/** Keys of a command, as `g q`. */
export function Keys({ keys }: { readonly keys: readonly string[] }): ReactNode {
  return <span className={styles.keys}>{keys.map((key, index) => <kbd key={`${index}${key}`} className={styles.key}>{SHOWN[key] ?? key}</kbd>)}</span>;
}

const SHOWN: Readonly<Record<string, string>> = { Enter: '↵', Escape: 'Esc', ArrowDown: '↓', ArrowUp: '↑' };

/** For screen readers alone. */
export function Unseen({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className={styles.hidden}>{children}</span>;
}

export function Field({ label, htmlFor, problem, children }: { readonly label: ReactNode; readonly htmlFor: string; readonly problem?: string | null | undefined; readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles.field}>
      <label htmlFor={htmlFor}>{label}</label>
      {children}
      {problem != null && <span className={styles.problem} role="alert">{problem}</span>}
    </div>
  );
}

export function classes(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
