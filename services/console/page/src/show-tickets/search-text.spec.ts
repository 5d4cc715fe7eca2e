import { asked, found, isDue, isUnasked, type SearchText, startingWith, wanted, written } from './search-text.decision.js';

const writing = (text: string, search: SearchText = startingWith('')): SearchText => written(search, text);

describe('the field for searching', () => {
  it('asks once for what is written, and is due until the list of it is here', () => {
    const before = writing('export');
    expect([isDue(before), isUnasked(before)]).toEqual([true, true]);
    const waiting = asked(before);
    expect([isDue(waiting), isUnasked(waiting)]).toEqual([true, false]);
    const after = found(waiting, 'export');
    expect([isDue(after), isUnasked(after), after.text]).toEqual([false, false, 'export']);
  });

  it('keeps what was written on while a search was on its way', () => {
    const on = writing('export stays', asked(writing('export')));
    expect(isUnasked(on)).toBe(true);
    const after = found(on, 'export');
    expect([after.text, isDue(after), isUnasked(after)]).toEqual(['export stays', true, true]);
  });

  it('keeps it also when two searches are on their way and both lists come, or only the second', () => {
    const both = asked(writing('export', asked(writing('ex'))));
    expect([found(both, 'ex').text, found(found(both, 'ex'), 'export')]).toEqual(['export', found(both, 'export')]);
    expect(found(both, 'export')).toEqual(startingWith('export'));
  });

  it('shows what Back, a link or a view searches for, and asks for nothing', () => {
    for (const current of ['', 'invoice']) {
      const after = found(writing('export', startingWith('export')), current);
      expect([after.text, isDue(after), isUnasked(after)]).toEqual([current, false, false]);
    }
  });

  it('goes back to a search that it made before, as to any other', () => {
    const there = found(asked(writing('export', found(asked(writing('ex')), 'ex'))), 'export');
    expect(found(there, 'ex')).toEqual(startingWith('ex'));
  });

  it('asks for nothing by blanks alone', () => {
    expect([wanted(writing('  ')), isDue(writing('  ')), wanted(writing(' a '))]).toEqual(['', false, ' a ']);
    expect(isUnasked(writing(' ', startingWith('export')))).toBe(true);
  });
});
