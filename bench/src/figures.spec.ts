import { describe, expect, it } from '@jest/globals';
import { median, percentile } from './figures.js';

describe('median', () => {
  it('is the value in the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });
  it('is the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });
  it('is nothing of nothing', () => {
    expect(median([])).toBeNull();
  });
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  it.each([[0.5, 50], [0.99, 99], [1, 100], [0, 1]])('%d of 1 to 100 is %d', (share, value) => {
    expect(percentile(hundred, share)).toBe(value);
  });
  it('is nothing of nothing', () => {
    expect(percentile([], 0.99)).toBeNull();
  });
});
