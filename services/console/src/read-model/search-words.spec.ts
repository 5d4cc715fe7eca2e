import { searchWordsOf } from './search-words.decision.js';

describe('the words that a ticket is found by', () => {
  it.each([
    ['Oturum açma IŞIK vermiyor', ['oturum', 'acma', 'isik', 'vermiyor']],
    ['ışık İşIk', ['isik']],
    ['Crème brûlée', ['creme', 'brulee']],
    ["SUP-12: it's & 'quoted' | (text)", ['sup', '12', 'it', 's', 'quoted', 'text']],
    ['サインイン 登録', ['サインイン', '登録']],
    ['  ', []],
  ])('of %s are folded and hold letters and digits alone', (text, words) => {
    expect(searchWordsOf(text)).toEqual(words);
  });

  it('are at most 64, of 64 characters', () => {
    const words = searchWordsOf(Array.from({ length: 100 }, (_, index) => `${index}`.padEnd(100, 'x')).join(' '));
    expect([words.length, words[0]?.length]).toEqual([64, 64]);
  });
});
