import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { isCertainlyValid } from './certainly-valid.js';
import { InstantField } from './fields.js';

class Meeting {
  @InstantField() at!: string;
}

describe('a time in a body', () => {
  const verdicts = (at: unknown): [boolean, boolean] => [isCertainlyValid(Meeting, { at }), validateSync(plainToInstance(Meeting, { at })).length === 0];

  it.each(['2026-11-01T09:00:00Z', '2026-11-01T09:00:00.123456789+14:00', '0001-01-01T00:00:00-15:59', '9999-12-31T23:59:59Z'])('may be %s', (at) => {
    expect(verdicts(at)).toEqual([true, true]);
  });

  // Routing could not store the last two: what intake takes must be a time there as well.
  it.each(['2026-11-01', '2026-11-01T09:00:00', '2026-13-01T09:00:00Z', 1_793_523_600_000, null, '0000-01-01T00:00:00Z', '2026-11-01T09:00:00-21:04'])('may not be %s', (at) => {
    expect(verdicts(at)).toEqual([false, false]);
  });
});
