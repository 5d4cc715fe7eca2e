import { MISSED_EVENTS_MAX, positionIn, resumeOfPage } from './resume.decision.js';

const resume = (from: bigint | null, last: bigint, given = last) => resumeOfPage({ from, last, given });

describe('where the page goes on', () => {
  it.each([
    ['that was nowhere yet, at the end', null, 50n, 'go-on', 50n],
    ['that missed some, behind the last that it has', 40n, 50n, 'go-on', 40n],
    ['that missed nothing, at the end', 50n, 50n, 'go-on', 50n],
    ['that missed as much as is read again, behind the last that it has', 1n, 1n + MISSED_EVENTS_MAX, 'go-on', 1n],
    ['that missed more, at the end, and reads everything', 0n, 1n + MISSED_EVENTS_MAX, 'resync', 1n + MISSED_EVENTS_MAX],
    ['of another log, at the end, and reads everything', 51n, 50n, 'resync', 50n],
  ] as const)('%s', (_who, from, last, kind, position) => {
    expect(resume(from, last)).toEqual({ kind, position });
  });

  it('is behind a position that was given and is not there any more, as of an event that was forgotten', () => {
    expect(resume(60n, 50n, 60n)).toEqual({ kind: 'go-on', position: 60n });
  });
});

describe('a position', () => {
  it('is digits alone, as many as the log can have', () => {
    expect(['0', '123456789012345678', '1234567890123456789', '-1', '1.5', '', ' 1', 'x'].map(positionIn)).toEqual([0n, 123456789012345678n, null, null, null, null, null, null]);
  });
});
