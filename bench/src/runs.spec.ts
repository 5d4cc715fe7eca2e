import { describe, expect, it } from '@jest/globals';
import { figuresOf, isReached } from './runs.js';
import type { Run, Target } from './stage.js';

const run = (variant: Run['variant'], value: number): Run => ({ variant, value });
const figures = (target: Target | null, ...runs: Run[]) => figuresOf({ stage: 'intake', unit: 'events/s', target }, runs);

describe('the figures of a stage', () => {
  it('are the medians of both variants, and the one by the other', () => {
    expect(figures(null, run('floor', 10), run('product', 6), run('product', 9), run('floor', 12), run('floor', 11), run('product', 5.5))).toMatchObject({ floor: 11, product: 6, ratio: 6 / 11 });
  });
  it('have no ratio where there is no floor', () => {
    expect(figures(null, run('product', 6))).toMatchObject({ floor: null, product: 6, ratio: null });
  });
});

describe('a target', () => {
  it.each<[Target, boolean]>([
    [{ figure: 'ratio', bound: 'at-least', value: 0.6 }, true],
    [{ figure: 'ratio', bound: 'at-least', value: 0.61 }, false],
    [{ figure: 'ratio', bound: 'at-most', value: 0.5 }, false],
    [{ figure: 'product', bound: 'at-least', value: 6 }, true],
    [{ figure: 'product', bound: 'at-most', value: 6 }, true],
  ])('of %j is reached: %s', (target, reached) => {
    expect(isReached(figures(target, run('floor', 10), run('product', 6)))).toBe(reached);
  });
  it('may be absent', () => {
    expect(isReached(figures(null, run('product', 6)))).toBeNull();
  });
});
