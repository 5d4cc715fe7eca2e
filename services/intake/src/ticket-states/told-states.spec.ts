import type { TicketState } from './ticket-state.js';
import { ToldStates } from './told-states.js';

const state = (externalId: string, minute: number): TicketState => ({ source: 'desk', externalId, updatedAt: new Date(Date.parse('2026-11-02T08:00:00.000Z') + minute * 60_000).toISOString() });

function aWorld(): { told: ToldStates; noted: (readonly TicketState[])[]; isAway: (away: boolean) => void } {
  const noted: (readonly TicketState[])[] = [];
  let away = false;
  const store = { note: (states: readonly TicketState[]): Promise<void> => (away ? Promise.reject(new Error('PostgreSQL is away.')) : Promise.resolve(void noted.push(states))) };
  return { told: new ToldStates({ store, log: { warn: () => undefined } }), noted, isAway: (is) => void (away = is) };
}

describe('the states in which tickets were told', () => {
  it('are noted together, the latest of each ticket', async () => {
    const { told, noted } = aWorld();
    for (const each of [state('1', 1), state('2', 1), state('1', 3), state('1', 2)]) told.add(each);
    await told.flush();
    await told.flush();
    expect(noted).toEqual([[state('2', 1), state('1', 3)]]);
  });

  it('are kept while they cannot be noted', async () => {
    const { told, noted, isAway } = aWorld();
    told.add(state('1', 1));
    isAway(true);
    const failing = told.flush();
    told.add(state('1', 2));
    await expect(failing).rejects.toThrow('away');
    isAway(false);
    await told.close();
    expect(noted).toEqual([[state('1', 2)]]);
  });

  it('do not fill the memory: the oldest give way', async () => {
    const { told, noted } = aWorld();
    for (let id = 0; id < 50_001; id += 1) told.add(state(String(id), 1));
    await told.flush();
    expect([noted[0]?.length, noted[0]?.[0]?.externalId]).toEqual([50_000, '1']);
  });
});
