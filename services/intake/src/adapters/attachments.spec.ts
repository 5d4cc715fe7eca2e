import { ATTACHMENTS_MAX } from '@handoff/contracts';
import { attachmentsIn } from './attachments.js';

const places = { names: ['filename'], urls: ['url', 'content'] };

describe('what is attached to a ticket', () => {
  it('is told by name and link, and by its link where it has no name', () => {
    expect(attachmentsIn([{ filename: 'a.png', url: 'https://desk.example/a/1' }, { content: 'http://desk.example/a/2' }], places))
      .toEqual([{ name: 'a.png', url: 'https://desk.example/a/1' }, { name: 'http://desk.example/a/2', url: 'http://desk.example/a/2' }]);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'desk.example/a', '//desk.example/a', 'https://', `https://desk.example/${'a'.repeat(2_048)}`, '', 7, null])('is not told where its link is %j', (url) => {
    expect(attachmentsIn([{ filename: 'a.png', url }], places)).toBeUndefined();
  });

  it.each([undefined, null, 'a.png', {}, [null, 7, 'x', []]])('is nothing in %j', (list) => {
    expect(attachmentsIn(list, places)).toBeUndefined();
  });

  it('is so many at most', () => {
    expect(attachmentsIn(Array.from({ length: 50 }, (_, index) => ({ filename: 'a', url: `https://desk.example/${index}` })), places)).toHaveLength(ATTACHMENTS_MAX);
  });
});
