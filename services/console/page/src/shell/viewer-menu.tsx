import { Menu } from '@base-ui/react/menu';
import { useState, type ReactNode } from 'react';
import { NAMED_AS, viewerName } from '../api/call.js';
import { Button, classes, parts } from '../design/parts.js';
import { keep, type Language, LANGUAGES, prefer, type Theme, THEMES, usePreferences } from '../design/preferences.js';
import { Icon } from '../design/icon.js';
import { speak, useSay } from '../words/words.js';
import { AskForName } from './ask-for-name.js';

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', tr: 'Türkçe' };

/** Look, language and name of the viewer. */
export function ViewerMenu(): ReactNode {
  const say = useSay();
  const { theme, language, singleKeys } = usePreferences();
  const [asksForName, setAsksForName] = useState(false);
  return (
    <>
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
              <Menu.Item className={parts.item} onClick={() => setAsksForName(true)}><span className={parts.tick} />{say('viewer.name')}</Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <AskForName isOpen={asksForName} onOpenChange={setAsksForName} name={viewerName()} onName={(name) => keep(NAMED_AS, name)} />
    </>
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
