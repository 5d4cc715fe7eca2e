import { EN } from './en.js';
import { wordingOf } from './wording.decision.js';

describe('how an operator words texts', () => {
  it('is a line for each, with comments and empty lines between', () => {
    expect(wordingOf('\ufeff# ours\r\n\r\nheading.to-do = Next steps\nturn.of=Over to {party} = theirs.\n')).toEqual({ wording: { 'heading.to-do': 'Next steps', 'turn.of': 'Over to {party} = theirs.' }, problems: [] });
  });

  it('may be all that Handoff says, as it is', () => {
    const { wording, problems } = wordingOf(Object.entries(EN).map(([key, text]) => `${key} = ${text}`).join('\n'));
    expect(problems).toEqual([]);
    expect(wording).toEqual(EN);
  });

  it.each([
    ['no key', 'Next steps', "it is no 'key = text'."],
    ['a key that there is not', 'heading.todo = Next', "there is no text 'heading.todo'."],
    ['a key that every object has', 'constructor = x', "there is no text 'constructor'."],
    ['the same key twice', 'heading.why = a\nheading.why = b', "'heading.why' was worded before."],
    ['no text', 'heading.why =', "'heading.why' has no text."],
    ['too long a text', `heading.why = ${'x'.repeat(1_001)}`, "'heading.why' has 1001 characters; use at most 1000."],
    ['a text that turns its direction', 'heading.why = a\u202eb', "'heading.why' has characters that are no text. Save the file as UTF-8."],
    ['bytes of another encoding', 'heading.why = Gr\ufffdnde', "'heading.why' has characters that are no text. Save the file as UTF-8."],
    ['a placeholder that it has not', 'turn.of = To {name}', "'turn.of' has {name}, but its placeholders are {party}."],
    ['a placeholder where there are none', 'heading.why = {party}', "'heading.why' has {party}, but it has no placeholders."],
    ['a brace that nothing closes', 'turn.of = To {party', "'turn.of' has {party, but its placeholders are {party}."],
    ['a brace that nothing opens', 'turn.of = To party}', "'turn.of' has }, but its placeholders are {party}."],
    ['a placeholder of another form', 'turn.of = To { party }', "'turn.of' has { party }, but its placeholders are {party}."],
  ])('with %s is refused, with its line', (_what, content, detail) => {
    expect(wordingOf(`# first\n${content}`).problems).toEqual([{ line: content.includes('\n') ? 3 : 2, detail }]);
  });
});
