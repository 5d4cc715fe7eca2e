import { secondPersonMissing, type SecondPersonRule } from './second-person.decision.js';

const asked = (authors: readonly string[], by: string, rule: SecondPersonRule) => secondPersonMissing({ version: '2026-03', authors }, by, rule);

describe('who makes a version of the matrix active', () => {
  it.each([
    ['its author', ['ada'], 'ada', 'named'],
    ['its author, who writes the name in another way', ['ada'], ' Ada', 'named'],
    ['who wrote in it after somebody else', ['ada', 'grace'], 'grace', 'named'],
    ['its author', ['ada'], 'ada', 'always'],
    ['nobody in particular', ['ada'], 'api', 'always'],
    ['somebody, of a version whose author nobody knows', ['api'], 'grace', 'always'],
    ['somebody, of a version that nobody in particular changed', ['ada', 'api'], 'grace', 'always'],
  ] as const)('is not %s (%p, by %p, rule %s)', (_who, authors, by, rule) => {
    expect(asked(authors, by, rule)).toMatch(/'2026-03'.*MATRIX_SECOND_PERSON=off/);
  });

  it.each([
    ['somebody else', ['ada'], 'grace', 'named'],
    ['somebody else', ['ada'], 'grace', 'always'],
    ['somebody else, of what Handoff wrote', ['system'], 'grace', 'always'],
    ['whoever calls, where nobody says names', ['api'], 'api', 'named'],
    ['whoever calls, of what a person wrote', ['ada'], 'api', 'named'],
    ['its author, where one person is enough', ['ada'], 'ada', 'off'],
  ] as const)('may be %s (%p, by %p, rule %s)', (_who, authors, by, rule) => {
    expect(asked(authors, by, rule)).toBeNull();
  });
});
