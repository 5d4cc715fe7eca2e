import fc from 'fast-check';
import { instantMs, isWithin } from './instants.js';

describe('an instant', () => {
  const midnight = Date.UTC(2026, 4, 4);

  it.each([
    ['a date, which means its start in UTC', '2026-05-04', midnight],
    ['in UTC', '2026-05-04T00:00:00Z', midnight],
    ['in UTC with fractions', '2026-05-04T00:00:00.250Z', midnight + 250],
    ['written small', '2026-05-04t00:00:00z', midnight],
    ['with blanks around it', ' 2026-05-04T00:00:00Z ', midnight],
    ['ahead of UTC', '2026-05-04T03:00:00+03:00', midnight],
    ['behind UTC', '2026-05-03T20:00:00-04:00', midnight],
    ['without an offset, which is UTC wherever the process runs', '2026-05-04T00:00:00', midnight],
  ])('is read %s', (_how, text, expected) => {
    expect(instantMs(text)).toBe(expected);
  });

  it.each(['soon', '', '2026-13-01', '2026-05-04T25:00:00Z', 'x2026-05-04', '2026-05-04x'])(
    'is not %j',
    (text) => {
      expect(instantMs(text)).toBeNaN();
    },
  );
});

describe('an instant in its usual form', () => {
  it('is read as `Date.parse` reads it, whatever the day', () => {
    const [min, max] = [new Date('0000-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59Z')];
    fc.assert(
      fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
        const text = `${date.toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`;
        expect(instantMs(text)).toBe(Date.parse(text));
      }),
    );
  });

  it('is read as `Date.parse` reads it, whatever character of it is another one', () => {
    const text = '2026-05-04T09:30:00Z';
    const others = [...text].flatMap((_one, index) => [...'0123456789-:T/x'].map((other) => text.slice(0, index) + other + text.slice(index + 1)));
    expect(others.filter((other) => !Object.is(instantMs(other), Date.parse(other)))).toEqual([]);
  });

  it.each(['2026-05-04T24:00:00Z', '2026-05-04T24:00:01Z', '2026-05-04T09:30:00Z0', '2026-12-28T23:59:59Z', '2024-02-29T00:00:00Z', '1000-01-01T00:00:00Z'])(
    'is read as `Date.parse` reads it, as %s is',
    (text) => {
      expect(instantMs(text)).toBe(Date.parse(text));
    },
  );
});

describe('a period', () => {
  const may = { from: '2026-05-01', to: '2026-06-01' };

  it.each([
    ['begins with its first moment', '2026-05-01T00:00:00Z', may, true],
    ['does not reach back', '2026-04-30T23:59:59Z', may, false],
    ['ends before its last', '2026-06-01T00:00:00Z', may, false],
    ['may have no end', '2999-01-01T00:00:00Z', { ...may, to: null }, true],
    ['holds nothing where its end cannot be read', '2026-05-02T00:00:00Z', { ...may, to: 'then' }, false],
    ['does not hold what is no instant', 'soon', { ...may, to: null }, false],
  ])('%s', (_sentence, at, period, expected) => {
    expect(isWithin(at, period)).toBe(expected);
  });
});
