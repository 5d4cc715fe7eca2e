import { plainText, plainTextAt } from './plain-text.js';

describe('HTML as plain text', () => {
  it.each([
    ['<div>Error 500 after the password.</div>', 'Error 500 after the password.'],
    ['<p>Hello,</p>\n<p>it fails <b>again</b>.</p>', 'Hello,\n\nit fails again.'],
    ['<div>one</div><div>two</div>', 'one\ntwo'],
    ['<div>one</div><div><br></div><div>two</div>', 'one\n\ntwo'],
    ['one<br>two<br/>three', 'one\ntwo\nthree'],
    ['Steps:<ul><li>first</li><li>second</li></ul>', 'Steps:\n- first\n- second'],
    ['<table><tr><td>Name</td><td>Ada</td></tr></table>', 'Name Ada'],
    ['<a href="https://evil.example/track?x=1">our page</a>', 'our page'],
    ['<img src="https://pixel.example/1.gif" alt="">seen', 'seen'],
    ['<title>t</title><style>p { color: red }</style><script>alert(1)</script><p>text</p>', 'text'],
    ['&lt;b&gt; &amp; &#8364;&euro;&nbsp;&unknown;', '<b> & €€ &unknown;'],
    ['a < b and c > d', 'a < b and c > d'],
    ['line one\n\n  line two', 'line one\n\n  line two'],
    ['<p>not closed', 'not closed'],
  ])('of %j is %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });

  it('ends where elements are nested deeper than in any mail', () => {
    expect(plainText(`before${'<div>'.repeat(100_000)}deep`)).toBe('before');
  });

  it('is cut visibly, is null where nothing can be read, and is not told where there is none', () => {
    expect(plainTextAt({ body: `<p>${'x'.repeat(500)}</p>` }, 'body', 100)).toBe(`${'x'.repeat(99)}…`);
    expect([plainTextAt({ body: '<p> &nbsp;</p>' }, 'body', 100), plainTextAt({ body: null }, 'body', 100), plainTextAt({}, 'body', 100), plainTextAt({ body: 7 }, 'body', 100)]).toEqual([null, null, undefined, undefined]);
  });
});
