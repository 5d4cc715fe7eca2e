import { commandPressed, type Press } from './keymap.decision.js';

const press = (key: string, more: Partial<Press> = {}): Press => ({ key, withCtrl: false, withAlt: false, withAltGraph: false, isTyping: false, atMs: 0, ...more });
const commands = [{ name: 'down', keys: ['j'] }, { name: 'palette', keys: ['Ctrl+k'] }, { name: 'queues', keys: ['g', 'q'] }, { name: 'back', keys: ['Escape'] }, { name: 'close the drawer', keys: ['Escape'] }];
const on = { singleKeys: true };
const nameOf = (given: Press, begun: Parameters<typeof commandPressed>[1] = null, options = on) => commandPressed(given, begun, commands, options).command?.name ?? null;

describe('what a key press means', () => {
  it('is a command by what the layout writes, and the one in front where two share a key', () => {
    expect([nameOf(press('j')), nameOf(press('ı')), nameOf(press('Escape'))]).toEqual(['down', null, 'close the drawer']);
  });

  it('is nothing while somebody writes, except for chords', () => {
    expect([nameOf(press('j', { isTyping: true })), nameOf(press('K', { isTyping: true, withCtrl: true }))]).toEqual([null, 'palette']);
  });

  it('is nothing with Alt or AltGr, which write letters on many layouts', () => {
    expect([nameOf(press('j', { withAlt: true })), nameOf(press('k', { withAltGraph: true, withCtrl: true }))]).toEqual([null, null]);
  });

  it('takes two keys within a second, and not later', () => {
    const { begun } = commandPressed(press('g'), null, commands, on);
    expect([nameOf(press('q', { atMs: 1_000 }), begun), nameOf(press('q', { atMs: 1_001 }), begun)]).toEqual(['queues', null]);
  });

  it('is none of the single keys where the viewer turned them off', () => {
    expect([nameOf(press('j'), null, { singleKeys: false }), nameOf(press('Escape'), null, { singleKeys: false }), nameOf(press('k', { withCtrl: true }), null, { singleKeys: false })]).toEqual([null, 'close the drawer', 'palette']);
  });
});
