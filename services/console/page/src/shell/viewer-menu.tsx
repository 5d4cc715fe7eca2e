import { Menu } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import { Button, classes, parts } from '../design/parts.js';
import { type Language, LANGUAGES, prefer, type Theme, THEMES, usePreferences } from '../design/preferences.js';
import { Icon } from '../design/icon.js';
import { speak, useSay } from '../words/words.js';
import { signOut, useSession } from './session.js';

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', tr: 'Türkçe' };

/** Who is signed in, and how the page looks and speaks. */
export function ViewerMenu(): ReactNode {
  const say = useSay();
  const { theme, language, singleKeys } = usePreferences();
  const name = useSession()?.name ?? null;
  return (
    <Menu.Root>
      <Menu.Trigger render={<Button look="quiet" isIcon aria-label={say('viewer.menu')} />}><Icon name="sliders" /></Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" style={{ zIndex: 30 }}>
          <Menu.Popup className={parts.popup}>
            <Menu.RadioGroup value={theme} onValueChange={(chosen: Theme) => prefer({ theme: chosen })}>
              {THEMES.map((each) => <Choice key={each} value={each} label={say(`theme.${each}`)} />)}
            </Menu.RadioGroup>
            <Menu.Separator className={parts.separator} />
            <Menu.RadioGroup value={language} onValueChange={(chosen: Language) => speakNow(chosen)}>
              {LANGUAGES.map((each) => <Choice key={each} value={each} label={LANGUAGE_NAMES[each]} />)}
            </Menu.RadioGroup>
            <Menu.Separator className={parts.separator} />
            <Menu.CheckboxItem className={parts.item} checked={singleKeys} onCheckedChange={(checked) => prefer({ singleKeys: checked })}>
              <span className={parts.tick}><Menu.CheckboxItemIndicator>✓</Menu.CheckboxItemIndicator></span>{say('keys.single')}
            </Menu.CheckboxItem>
            {name !== null && <><Menu.Separator className={parts.separator} /><Menu.Item className={parts.item} onClick={() => void signOut()}><span className={parts.tick} />{say('session.signOut', { name })}</Menu.Item></>}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Choice({ value, label }: { readonly value: string; readonly label: string }): ReactNode {
  return (
    <Menu.RadioItem className={classes(parts.item)} value={value} closeOnClick>
      <span className={parts.tick}><Menu.RadioItemIndicator>✓</Menu.RadioItemIndicator></span>{label}
    </Menu.RadioItem>
  );
}

/** Changes the language once its words are there. */
export function speakNow(language: Language): void {
  void speak(language).then(() => prefer({ language }));
}
