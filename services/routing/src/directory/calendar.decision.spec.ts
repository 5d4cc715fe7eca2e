import fc from 'fast-check';
import { type Calendar, dueAt, WEEKDAYS } from './calendar.decision.js';
import { instantOf, localDateOf, nextDate } from './zoned-time.decision.js';

const OFFICE = [{ from: '09:00', to: '17:00' }];
const WEEK = { monday: OFFICE, tuesday: OFFICE, wednesday: OFFICE, thursday: OFFICE, friday: OFFICE };
const berlin: Calendar = { id: 'berlin', name: 'Berlin office', timeZone: 'Europe/Berlin', hours: WEEK };
const always = (timeZone: string): Calendar => ({ id: 'always', name: 'Always', timeZone, hours: Object.fromEntries(WEEKDAYS.map((day) => [day, [{ from: '00:00', to: '24:00' }]])) });
const due = (minutes: number, calendar: Calendar | null, start: string) => dueAt({ minutes }, calendar, new Date(start))?.toISOString();

describe('a response target', () => {
  it.each([
    ['begins to run at once within the hours', 120, '2026-11-02T09:00:00Z', '2026-11-02T11:00:00.000Z'],
    ['waits for the morning after the hours', 60, '2026-11-02T18:00:00Z', '2026-11-03T09:00:00.000Z'],
    ['goes on the next day with what is left', 120, '2026-11-02T15:00:00Z', '2026-11-03T09:00:00.000Z'],
    ['is due at the end of a day rather than at the beginning of the next', 60, '2026-11-02T15:00:00Z', '2026-11-02T16:00:00.000Z'],
    ['rests over the weekend', 120, '2026-11-06T15:00:00Z', '2026-11-09T09:00:00.000Z'],
    ['runs by the wall clock of its place also after the clocks changed', 60, '2026-03-27T16:30:00Z', '2026-03-30T08:00:00.000Z'],
  ])('%s', (_what, minutes, start, expected) => {
    expect(due(minutes, berlin, start)).toBe(expected);
  });

  it('rests on holidays of the place, by its own dates', () => {
    const tokyo: Calendar = { ...berlin, timeZone: 'Asia/Tokyo', holidays: [{ date: '2026-11-03', name: 'Culture Day' }] };
    expect(due(60, tokyo, '2026-11-02T07:30:00Z')).toBe('2026-11-04T00:30:00.000Z');
  });

  it('counts hours that touch or overlap once, and in whatever order they stand', () => {
    const split: Calendar = { ...berlin, hours: { monday: [{ from: '13:00', to: '17:00' }, { from: '09:00', to: '12:00' }, { from: '11:00', to: '13:00' }] } };
    expect(due(8 * 60, split, '2026-11-02T08:00:00Z')).toBe('2026-11-02T16:00:00.000Z');
  });

  it('has the 23 and the 25 hours of the days on which clocks change', () => {
    const sundays: Calendar = { ...always('Europe/Berlin'), hours: { sunday: [{ from: '00:00', to: '24:00' }] } };
    expect(due(23 * 60, sundays, '2026-03-28T12:00:00Z')).toBe('2026-03-29T22:00:00.000Z');
    expect(due(25 * 60, sundays, '2026-10-24T12:00:00Z')).toBe('2026-10-25T23:00:00.000Z');
  });

  it('is never due where nobody ever works', () => {
    expect(dueAt({ minutes: 1 }, { ...berlin, hours: {} }, new Date('2026-11-02T09:00:00Z'))).toBeNull();
  });

  it('without a calendar runs by the clock', () => {
    expect(due(90, null, '2026-11-01T00:00:00Z')).toBe('2026-11-01T01:30:00.000Z');
  });
});

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'America/Havana', 'Asia/Beirut', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'Pacific/Chatham', 'America/St_Johns'];
const zone = fc.constantFrom(...ZONES);
const start = fc.date({ min: new Date('2009-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true });
/** Twice as much fits into ten years of the shortest week that `calendar` makes. */
const minutes = fc.integer({ min: 1, max: 3_000 });
const time = fc.integer({ min: 0, max: 96 }).map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`);
const hours = fc.uniqueArray(time, { minLength: 2, maxLength: 4, size: 'max' }).map((times) => times.toSorted()).map(([from = '', to = '']) => ({ from, to }));
const calendar: fc.Arbitrary<Calendar> = fc.record({
  id: fc.constant('c'), name: fc.constant('C'), timeZone: zone,
  hours: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }).chain((days) => fc.tuple(...days.map((day) => fc.array(hours, { minLength: 1, maxLength: 2 }).map((list) => [day, list] as const))).map((entries) => Object.fromEntries(entries))),
  holidays: fc.array(fc.integer({ min: 0, max: 7_000 }).map((day) => ({ date: new Date(Date.UTC(2010, 0, 1 + day)).toISOString().slice(0, 10) })), { maxLength: 5 }),
});

describe('whatever the calendar, a due time', () => {
  it('is never before the start plus the target', () => {
    fc.assert(fc.property(calendar, start, minutes, (hoursOf, from, length) => {
      expect(dueAt({ minutes: length }, hoursOf, from)?.getTime()).toBeGreaterThanOrEqual(from.getTime() + length * 60_000);
    }));
  });

  it('does not come earlier for a longer target or a later start', () => {
    fc.assert(fc.property(calendar, start, minutes, fc.nat(3_000), fc.nat(10_000_000), (hoursOf, from, length, more, later) => {
      const first = dueAt({ minutes: length }, hoursOf, from)?.getTime() ?? 0;
      expect(dueAt({ minutes: length + more }, hoursOf, from)?.getTime()).toBeGreaterThanOrEqual(first);
      expect(dueAt({ minutes: length }, hoursOf, new Date(from.getTime() + later))?.getTime()).toBeGreaterThanOrEqual(first);
    }));
  });

  it('can be reached in two steps, or in one', () => {
    fc.assert(fc.property(calendar, start, minutes, minutes, (hoursOf, from, first, second) => {
      const between = dueAt({ minutes: first }, hoursOf, from) ?? new Date(Number.NaN);
      expect(dueAt({ minutes: second }, hoursOf, between)).toEqual(dueAt({ minutes: first + second }, hoursOf, from));
    }));
  });

  it('is clock time for who never closes, in every zone and through every change of clocks', () => {
    fc.assert(fc.property(zone, start, fc.integer({ min: 1, max: 20_000 }), (timeZone, from, length) => {
      expect(dueAt({ minutes: length }, always(timeZone), from)).toEqual(dueAt({ minutes: length }, null, from));
    }));
  });
});

describe('a wall clock', () => {
  it('never goes back as the instants of its times go on', () => {
    fc.assert(fc.property(zone, start, fc.nat(1_440), fc.nat(1_440), (timeZone, day, a, b) => {
      const date = localDateOf(day, timeZone);
      expect(instantOf(date, Math.max(a, b), timeZone)).toBeGreaterThanOrEqual(instantOf(date, Math.min(a, b), timeZone));
      expect(instantOf(date, 1_440, timeZone)).toBe(instantOf(nextDate(date), 0, timeZone));
    }));
  });

  it.each([
    ['an hour that is skipped is the moment of the change', '2026-03-29', 150, 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['an hour that comes twice is the first of them', '2026-10-25', 150, 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['a midnight that is skipped is where the day begins', '2026-03-29', 0, 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
    ['a date that was left out begins and ends with the next', '2011-12-30', 720, 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['a shift by half an hour counts', '2026-04-05', 180, 'Australia/Lord_Howe', '2026-04-04T16:30:00.000Z'],
  ])('%s', (_what, date, minute, timeZone, expected) => {
    expect(new Date(instantOf(date, minute, timeZone)).toISOString()).toBe(expected);
  });
});
