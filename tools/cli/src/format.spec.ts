import { asText, cut, entries, paintFor, safeLine, table, wrapped } from './format.js';
import { usesColours } from './terminal.js';

describe('text for people', () => {
  it('lines columns up and leaves no blanks at the end of a line', () => {
    expect(table([['QUEUE', 'AREA'], ['partner/2002', 'payment'], ['triage', '']])).toEqual(['QUEUE         AREA', 'partner/2002  payment', 'triage']);
  });

  it('leaves out labels without a value and lines further values up below the first', () => {
    expect(entries([['Queue', 'triage'], ['Accountable', null], ['Contacts', 'one', 'two']], paintFor(false))).toEqual(['Queue     triage', 'Contacts  one', '          two']);
  });

  it('breaks long texts at blanks and indents what follows', () => {
    expect(wrapped('an agreement gives payment to the reseller', '    ', 20)).toEqual(['an agreement', '    gives payment to', '    the reseller']);
  });

  it('keeps a word whole that is longer than the line', () => {
    expect(wrapped('https://docs.contoso.example/crm', '  ', 10)).toEqual(['https://docs.contoso.example/crm']);
  });

  it('keeps control characters of strangers away from the terminal', () => {
    expect(safeLine('Help\u001b[2J\r\nme')).toBe('Help [2J me');
    expect(entries([['Subject', 'a\u001b]0;owned\u0007b']], paintFor(false))).toEqual(['Subject  a ]0;owned b']);
  });

  it('cuts texts that are too long for a column', () => {
    expect(cut('subscription', 12)).toBe('subscription');
    expect(cut('subscriptions', 12)).toBe('subscriptio…');
  });

  it('ends with the last line, and is empty without lines', () => {
    expect(asText(['a', 'b'])).toBe('a\nb\n');
    expect(asText([])).toBe('');
  });
});

describe('colours', () => {
  it('are used on a terminal only, and never against the wish of its user', () => {
    expect(usesColours({ isTerminal: true, env: {} })).toBe(true);
    expect(usesColours({ isTerminal: false, env: {} })).toBe(false);
    expect(usesColours({ isTerminal: true, env: { NO_COLOR: '1' } })).toBe(false);
    expect(usesColours({ isTerminal: true, env: { NO_COLOR: '' } })).toBe(true);
    expect(usesColours({ isTerminal: true, env: { TERM: 'dumb' } })).toBe(false);
  });

  it('wrap a text in the codes of the terminal', () => {
    expect(paintFor(true).bad('finding')).toBe('\u001b[31mfinding\u001b[39m');
    expect(paintFor(false).bad('finding')).toBe('finding');
  });
});
