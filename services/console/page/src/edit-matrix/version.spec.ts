import { diffOf, eyesOf } from './version.decision.js';

describe('whose eyes look at a version', () => {
  it('are second ones only where both names are known and differ', () => {
    const eyes = (authors: readonly string[], viewer: string | null, secondPerson: 'off' | 'named' = 'named') => eyesOf({ authors, secondPerson }, viewer);
    expect([eyes(['ada'], 'grace'), eyes(['ada'], 'Ada'), eyes(['ada', 'grace'], 'grace'), eyes(['api'], 'ada'), eyes(['ada'], null), eyes(['ada'], 'ada', 'off')]).toEqual(['second', 'same', 'same', 'unknown', 'unknown', 'alone']);
  });
});

describe('the difference of two texts', () => {
  it('has what changed with the lines around it, and says where lines are left out', () => {
    const before = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].join('\n');
    expect(diffOf(before, before.replace('8', 'eight')).map(({ kind, text }) => `${kind} ${text}`)).toEqual(['left-out …', 'same 5', 'same 6', 'same 7', 'removed 8', 'added eight', 'same 9']);
    expect(diffOf(before, before)).toEqual([{ kind: 'left-out', text: '…' }]);
  });
});
