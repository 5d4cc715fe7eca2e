import { distanceOf } from './distance.decision.js';

describe('how far away a time is', () => {
  it.each([[-30_000, [0, 'second']], [-90_000, [-1, 'minute']], [3_599_000, [59, 'minute']], [7_200_000, [2, 'hour']], [-172_800_000, [-2, 'day']]])('%i ms: %j', (spanMs, expected) => {
    expect(distanceOf(spanMs)).toEqual(expected);
  });
});
