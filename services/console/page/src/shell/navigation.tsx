import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useCommands } from '../commands/commands.js';
import { Icon } from '../design/icon.js';
import { Keys } from '../design/parts.js';
import { useSay } from '../words/words.js';
import { LiveSign } from './live-sign.js';
import { NAVIGATION } from './navigation-entries.js';
import styles from './shell.module.css';
import { ViewerMenu } from './viewer-menu.js';

export function Navigation({ onPalette }: { readonly onPalette: () => void }): ReactNode {
  const say = useSay();
  return (
    <header className={styles.side}>
      <div className={styles.brand}>
        <Link to="/queues" className={styles.name}><img src="/icon.svg" alt="" width="20" height="20" />Handoff</Link>
        <ViewerMenu />
      </div>
      <button type="button" className={styles.find} onClick={onPalette}>
        <Icon name="search" /><span>{say('palette.open')}</span><Keys keys={['Ctrl', 'K']} />
      </button>
      <nav aria-label={say('nav.label')}>
        <ul className={styles.links}>
          {NAVIGATION.map(({ to, label, icon }) => (
            <li key={to}><Link to={to} className={styles.link} activeProps={{ 'data-active': true }} title={say(label)}><Icon name={icon} /><span>{say(label)}</span></Link></li>
          ))}
        </ul>
      </nav>
      <LiveSign />
    </header>
  );
}

export function useNavigationCommands(): void {
  const say = useSay();
  const navigate = useNavigate();
  useCommands(useMemo(() => NAVIGATION.map(({ to, label, keys }) => ({ id: `go${to}`, group: 'go' as const, title: say('nav.go', { page: say(label) }), keys, run: () => void navigate({ to }) })), [say, navigate]));
}
