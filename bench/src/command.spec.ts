import { describe, expect, it } from '@jest/globals';
import { commandOf, WrongUse } from './command.js';

const KNOWN = [{ name: 'matrix' }, { name: 'intake' }, { name: 'backlog', isLong: true }, { name: 'path' }] as const;

describe('the command line of the benchmark', () => {
  it('without arguments means all stages but those that take long, three runs of ten seconds', () => {
    expect(commandOf([], KNOWN)).toEqual({ stages: ['matrix', 'intake', 'path'], runs: 3, seconds: 10, json: false, pageFrom: undefined, profileDir: undefined });
  });
  it('names stages, which run in their own order', () => {
    expect(commandOf(['path', 'intake'], KNOWN).stages).toEqual(['intake', 'path']);
  });
  it('takes those that take long when they are named', () => {
    expect(commandOf(['backlog'], KNOWN).stages).toEqual(['backlog']);
  });
  it('takes lines that were measured before, for the page', () => {
    expect(commandOf(['--page', 'measured.jsonl'], KNOWN).pageFrom).toBe('measured.jsonl');
  });
  it('takes runs, seconds, form and folder', () => {
    expect(commandOf(['intake', '--runs', '5', '--seconds=2', '--json', '--profile', '/somewhere'], KNOWN)).toMatchObject({ stages: ['intake'], runs: 5, seconds: 2, json: true, profileDir: '/somewhere' });
  });
  it('takes how many tickets the console has, where that is told', () => {
    expect(commandOf(['path', '--tickets', '20000'], KNOWN)).toMatchObject({ tickets: 20_000 });
  });
  it.each([
    [['intke'], "There is no stage 'intke': use matrix, intake, backlog, path."],
    [['--runs', '0'], '--runs takes a whole number from 1 to 100.'],
    [['--seconds', '1.5'], '--seconds takes a whole number from 1 to 600.'],
    [['--page', 'measured.jsonl', 'intake'], '--page measures nothing: leave out the names of stages.'],
    [['--fast'], "Unknown option '--fast'"],
  ])('%j is wrong use', (args, sentence) => {
    expect(() => commandOf(args, KNOWN)).toThrow(WrongUse);
    expect(() => commandOf(args, KNOWN)).toThrow(sentence);
  });
});
