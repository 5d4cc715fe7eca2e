import * as classification from '@handoff/classification';
import * as contracts from '@handoff/contracts';
import * as matrix from '@handoff/matrix';

/** The matrix imports nothing and the contracts know no rules, so each has its own list; routing, which knows both, holds them together. */
describe('the words that events and rules share', () => {
  it.each(['AREAS', 'SEVERITIES', 'ASKERS', 'CLOUDS'] as const)('%s are the same in both', (list) => {
    expect([...contracts[list]].sort()).toEqual([...matrix[list]].sort());
  });

  it('are the same areas where a ticket is classified by its words', () => {
    expect([...classification.AREAS]).toEqual([...contracts.AREAS]);
  });

  it('have every role of the rules among those of the events', () => {
    expect(contracts.ROLES).toEqual(expect.arrayContaining([...matrix.ROLES]));
  });
});
