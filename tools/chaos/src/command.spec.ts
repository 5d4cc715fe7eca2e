import { commandOf, WrongUse } from './command.js';

describe('the command line of a run among faults', () => {
  it('has defaults that are a short run', () => {
    expect(commandOf([])).toEqual({ seed: 1, minutes: 2, perSecond: 40, json: false, planOnly: false, keep: false });
  });

  it('takes seed, minutes and rate', () => {
    expect(commandOf(['--seed', '7', '--minutes', '10', '--rate', '100', '--json'])).toMatchObject({ seed: 7, minutes: 10, perSecond: 100, json: true });
  });

  it.each([['--seed', '0'], ['--seed', 'x'], ['--minutes', '1.5'], ['--rate', '100000'], ['--sed', '1'], ['surplus']])('refuses %s %s in words', (...args) => {
    expect(() => commandOf(args.filter((arg) => arg !== undefined))).toThrow(WrongUse);
  });
});
