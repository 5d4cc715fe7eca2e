import { structureProblem } from './json-structure.js';

const LIMITS = { levelsMax: 3, namesMax: 4, valuesMax: 10 };
const problemOf = (text: string): string | null => structureProblem(JSON.parse(text), LIMITS);

describe('the structure of a body', () => {
  it.each(['1', 'null', '"x"', '[]', '{}', '[[[1]]]', '{"a":{"b":{"c":1}}}', '{"a":1,"b":2,"c":3,"d":4}', '[1,2,3,4,5,6,7,8,9,10]'])('may be %s', (text) => {
    expect(problemOf(text)).toBeNull();
  });

  it.each([['[[[[]]]]', '3 levels'], ['{"a":[{"b":[]}]}', '3 levels'], ['{"a":1,"b":2,"c":3,"d":4,"e":5}', '4 names'], ['[1,2,3,4,5,6,7,8,9,10,11]', '10 values'], ['[[1,2,3,4,5],[1,2,3,4]]', '10 values']])('may not be %s: at most %s', (text, words) => {
    expect(problemOf(text)).toContain(words);
  });

  it('is looked at without a call for each level', () => {
    expect(structureProblem(JSON.parse(`${'['.repeat(500_000)}${']'.repeat(500_000)}`))).toContain('64 levels');
  });
});
