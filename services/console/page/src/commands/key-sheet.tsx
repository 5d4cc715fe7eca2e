import { Dialog } from '@base-ui/react/dialog';
import { useId, type ReactNode } from 'react';
import { Modal } from '../design/modal.js';
import { Button, Keys, parts } from '../design/parts.js';
import { prefer, usePreferences } from '../design/preferences.js';
import { useSay } from '../words/words.js';
import { type CommandGroup, useAllCommands } from './commands.js';
import styles from './palette.module.css';

const GROUPS: readonly CommandGroup[] = ['list', 'ticket', 'go', 'page'];

/** The keys that work where the viewer is, and whether single keys do. */
export function KeySheet({ isOpen, onOpenChange }: { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void }): ReactNode {
  const say = useSay();
  const box = useId();
  const { singleKeys } = usePreferences();
  const withKeys = useAllCommands().filter(({ keys }) => keys.length > 0);
  return (
    <Modal isOpen={isOpen} onClose={() => onOpenChange(false)} className={styles.wide}>
      <Dialog.Title>{say('keys.title')}</Dialog.Title>
      <div className={styles.sheet}>
        {GROUPS.map((group) => ({ group, own: withKeys.filter((command) => command.group === group) })).filter(({ own }) => own.length > 0).map(({ group, own }) => (
          <section key={group}>
            <h3>{say(`commands.${group}`)}</h3>
            <ul>{own.map((command) => <li key={command.id}>{command.title}<Keys keys={command.keys} /></li>)}</ul>
          </section>
        ))}
      </div>
      <div className={styles.choice}>
        <input id={box} type="checkbox" checked={singleKeys} onChange={(event) => prefer({ singleKeys: event.target.checked })} />
        <label htmlFor={box}>{say('keys.single')}</label>
      </div>
      <div className={parts.ends}><Dialog.Close render={<Button />}>{say('dialog.close')}</Dialog.Close></div>
    </Modal>
  );
}
