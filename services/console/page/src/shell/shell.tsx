import { Outlet } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { undoLast } from '../act-on-tickets/act.js';
import { ActionDialogs } from '../act-on-tickets/action-dialogs.js';
import { type Command, listenToKeys, useCommands } from '../commands/commands.js';
import { KeySheet } from '../commands/key-sheet.js';
import { Palette } from '../commands/palette.js';
import { prefer, preferences, THEMES } from '../design/preferences.js';
import { useSay } from '../words/words.js';
import { LiveBanner } from './live-banner.js';
import { Navigation, useNavigationCommands } from './navigation.js';
import { SessionEnded } from './session-ended.js';
import { speakNow } from './viewer-menu.js';
import styles from './shell.module.css';

/** What every page stands in. */
export function Shell(): ReactNode {
  const say = useSay();
  const [front, setFront] = useState<'none' | 'palette' | 'keys'>('none');
  useEffect(listenToKeys, []);
  useNavigationCommands();
  usePageCommands(setFront);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">{say('shell.skip')}</a>
      <Navigation onPalette={() => setFront('palette')} />
      <div className={styles.main}>
        <LiveBanner />
        <main id="content" className={styles.content} tabIndex={-1}><Outlet /></main>
      </div>
      <Palette isOpen={front === 'palette'} onOpenChange={(isOpen) => setFront(isOpen ? 'palette' : 'none')} />
      <KeySheet isOpen={front === 'keys'} onOpenChange={(isOpen) => setFront(isOpen ? 'keys' : 'none')} />
      <ActionDialogs />
      <SessionEnded />
    </div>
  );
}

function usePageCommands(setFront: (front: 'palette' | 'keys') => void): void {
  const say = useSay();
  useCommands(useMemo((): readonly Command[] => [
    { id: 'palette', group: 'page', title: say('palette.title'), keys: ['Ctrl+k'], isForKeysAlone: true, run: () => setFront('palette') },
    { id: 'keys', group: 'page', title: say('keys.title'), keys: ['?'], run: () => setFront('keys') },
    { id: 'undo', group: 'ticket', title: say('act.undoLast'), keys: ['u'], run: undoLast },
    { id: 'theme', group: 'page', title: say('theme.next'), otherWords: 'theme dark light', keys: [], run: nextTheme },
    { id: 'language', group: 'page', title: say('language.other'), otherWords: 'language dil english türkçe', keys: [], run: () => speakNow(preferences().language === 'en' ? 'tr' : 'en') },
  ], [say, setFront]));
}

function nextTheme(): void {
  prefer({ theme: THEMES[(THEMES.indexOf(preferences().theme) + 1) % THEMES.length] ?? 'system' });
}
