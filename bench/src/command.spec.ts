import { describe, expect, it } from '@jest/globals';
import { commandOf, WrongUse } from './command.js';

const KNOWN = [{ name: 'matrix' }, { name: 'intake' }, { name: 'backlog', isLong: true }, { name: 'path' }] as const;

describe('the command line of the benchmark', () => {
  it('without arguments means all stages but those that take long, three runs of ten seconds', () => {
    expect(commandOf([], KNOWN)).toEqual({ stages: ['matrix', 'intake', 'path'], runs: 3, seconds: 10, json: false, write: false, profileDir: undefined });
  });
  it('names stages, which run in their own order', () => {
    expect(commandOf(['path', 'intake'], KNOWN).stages).toEqual(['intake', 'path']);
  });
  it('takes those that take long when they are named, and for the page', () => {
    expect(commandOf(['backlog'], KNOWN).stages).toEqual(['backlog']);
    expect(commandOf(['--write'], KNOWN).stages).toEqual(['matrix', 'intake', 'backlog', 'path']);
  });
  it('takes runs, seconds, form and folder', () => {
    expect(commandOf(['intake', '--runs', '5', '--seconds=2', '--json', '--profile', '/somewhere'], KNOWN)).toMatchObject({ stages: ['intake'], runs: 5, seconds: 2, json: true, profileDir: '/somewhere' });
  });
  it.each([
    [['intke'], "There is no stage 'intke': use matrix, intake, backlog, path."],
    [['--runs', '0'], '--runs takes a whole number from 1 to 100.'],
    [['--seconds', '1.5'], '--seconds takes a whole number from 1 to 600.'],
    [['--write', 'intake'], '--write needs all stages, so that the page is whole: leave out the names.'],
    [['--fast'], "Unknown option '--fast'"],
  ])('%j is wrong use', (args, sentence) => {
    expect(() => commandOf(args, KNOWN)).toThrow(WrongUse);
    expect(() => commandOf(args, KNOWN)).toThrow(sentence);
  });
});
