import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useMemo, type ReactNode } from 'react';
import { Modal } from '../design/modal.js';
import { classes, Keys, parts, Unseen } from '../design/parts.js';
import { useSay } from '../words/words.js';
import { type Command, type CommandGroup, useAllCommands } from './commands.js';
import styles from './palette.module.css';

const GROUPS: readonly CommandGroup[] = ['ticket', 'list', 'go', 'page'];

interface Group {
  readonly value: string;
  readonly items: readonly Command[];
}

/** Everything that can be done now, found by its words. */
export function Palette({ isOpen, onOpenChange }: { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void }): ReactNode {
  const say = useSay();
  return (
    <Modal isOpen={isOpen} onClose={() => onOpenChange(false)} className={styles.palette} label={say('palette.title')}>
      <CommandSearch onDone={() => onOpenChange(false)} />
      <Dialog.Close className={parts.hidden}>{say('dialog.close')}</Dialog.Close>
    </Modal>
  );
}

function CommandSearch({ onDone }: { readonly onDone: () => void }): ReactNode {
  const say = useSay();
  const commands = useAllCommands();
  const groups = useMemo(() => GROUPS.map((group): Group => ({ value: say(`commands.${group}`), items: commands.filter((command) => command.group === group && command.isForKeysAlone !== true) })).filter(({ items }) => items.length > 0), [commands, say]);
  return (
    <Autocomplete.Root open inline items={groups} autoHighlight="always" keepHighlight itemToStringValue={(command: Command) => `${command.title} ${command.otherWords ?? ''}`}>
      <Autocomplete.Input className={styles.input} aria-label={say('palette.title')} placeholder={say('palette.placeholder')} />
      <div className={styles.list}>
        <Autocomplete.Empty className={styles.empty}>{say('palette.empty')}</Autocomplete.Empty>
        <Autocomplete.List>
          {(group: Group) => (
            <Autocomplete.Group key={group.value} items={group.items as Command[]}>
              <Autocomplete.GroupLabel className={styles.group}>{group.value}</Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(command: Command) => (
                  <Autocomplete.Item key={command.id} value={command} className={classes(parts.item, styles.item)} onClick={() => doneWith(command, onDone)}>
                    {command.title}
                    {command.keys.length > 0 && <><Unseen>, </Unseen><Keys keys={command.keys} /></>}
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  );
}

/** The palette gives the focus back first, so that a dialog of the command can take it. */
function doneWith(command: Command, onDone: () => void): void {
  onDone();
  setTimeout(() => command.run());
}
