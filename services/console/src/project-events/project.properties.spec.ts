import type { HandoffEvent } from '@handoff/contracts';
import fc from 'fast-check';
import { EMPTY_MODEL, type ReadModel } from '../read-model/read-model.js';
import { laneOf, STORY } from './events.fixture.js';
import { project } from './project.decision.js';

const lanes = [...Map.groupBy(STORY, laneOf).values()];

/** The events of each lane in their order, the lanes mixed as told, and some lanes read again from an earlier place. */
function mixed(choices: readonly number[], repeats: readonly number[]): readonly HandoffEvent[] {
  const waiting = lanes.map((lane) => [...lane]);
  const read: HandoffEvent[] = [];
  for (let turn = 0; waiting.some((lane) => lane.length > 0); turn += 1) {
    const open = waiting.filter((lane) => lane.length > 0);
    const next = open[(choices[turn] ?? 0) % open.length]?.shift();
    if (next === undefined) break;
    read.push(next);
    const back = repeats[turn] ?? 0;
    if (back > 0) read.push(...read.filter((event) => laneOf(event) === laneOf(next)).slice(-back));
  }
  return read;
}

const rowsOf = (model: ReadModel) => Object.fromEntries(Object.entries(model).map(([name, rows]) => [name, [...(rows as ReadonlyMap<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1))]));

describe('the read model', () => {
  it('is the same however the topics come between each other, and whatever is read again', () => {
    const expected = rowsOf(project(EMPTY_MODEL, STORY));
    fc.assert(fc.property(fc.array(fc.nat(100), { minLength: 40, maxLength: 40 }), fc.array(fc.nat(3), { minLength: 40, maxLength: 40 }), (choices, repeats) => {
      expect(rowsOf(project(EMPTY_MODEL, mixed(choices, repeats)))).toEqual(expected);
    }), { numRuns: fc.readConfigureGlobal().numRuns ?? 200 });
  });

  it('is the same when it is projected in pieces', () => {
    const expected = rowsOf(project(EMPTY_MODEL, STORY));
    fc.assert(fc.property(fc.nat(STORY.length), (middle) => {
      expect(rowsOf(project(project(EMPTY_MODEL, STORY.slice(0, middle)), STORY.slice(middle)))).toEqual(expected);
    }));
  });
});
