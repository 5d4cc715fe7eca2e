import { commaList, headerText, instant, namedValues, plainName, positiveNumber, wholeNumber } from './arguments.js';

const isRefused = (parse: (text: string) => unknown, text: string): boolean => {
  try {
    parse(text);
    return false;
  } catch {
    return true;
  }
};

describe('arguments', () => {
  it('takes whole numbers within their range, and nothing else', () => {
    const parse = wholeNumber(1, 200);
    expect([parse('1'), parse('200')]).toEqual([1, 200]);
    expect(['0', '201', '1.5', '1e2', '-1', '', ' 1'].filter((text) => !isRefused(parse, text))).toEqual([]);
  });

  it('takes fractions for rates and waits, and 0 only for waits', () => {
    expect(positiveNumber(10)('0.5')).toBe(0.5);
    expect(positiveNumber(10, 'with-zero')('0')).toBe(0);
    expect(['0', '-1', '11', 'x', ''].filter((text) => !isRefused(positiveNumber(10), text))).toEqual([]);
  });

  it('takes times only with their zone, and gives them in UTC', () => {
    expect(instant('2026-11-01T10:00:00+01:00')).toBe('2026-11-01T09:00:00.000Z');
    expect(['2026-11-01', '2026-11-01T09:00:00', 'tomorrow', '2026-13-01T09:00:00Z'].filter((text) => !isRefused(instant, text))).toEqual([]);
  });

  it('keeps names out of paths and blanks out of headers', () => {
    expect(plainName('jira-demo')).toBe('jira-demo');
    expect(['../x', 'a/b', 'a b', '', '.'].filter((text) => !isRefused(plainName, text))).toEqual([]);
    expect(headerText('delivery-1')).toBe('delivery-1');
    expect(['a\r\nb', 'a b', ''].filter((text) => !isRefused(headerText, text))).toEqual([]);
  });

  it('reads lists with commas, and names with values', () => {
    expect(commaList(' a, b,,c ')).toEqual(['a', 'b', 'c']);
    expect(namedValues('host=a=b', { company: 'contoso' })).toEqual({ company: 'contoso', host: 'a=b' });
    expect([isRefused(commaList, ' , '), isRefused(namedValues, '=x'), isRefused(namedValues, 'x')]).toEqual([true, true, true]);
  });
});
