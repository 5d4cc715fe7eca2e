import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import { type IntakeUnderTest, startIntakeUnderTest } from '../running-intake.fixture.js';

const RATE = 20;
const BURST = 2 * RATE;
/** Long enough that two who do not know of each other would take far more than two who do. */
const FLOOD_MS = 12_000;

let database: TestDatabase;
let intakes: IntakeUnderTest[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  for (const _instance of [1, 2]) intakes.push(await startIntakeUnderTest({ DATABASE_URL: database.url }));
});

afterAll(async () => {
  for (const { running } of intakes) await running.close();
  intakes = [];
  await database?.drop();
});

describe('the rate of a source', () => {
  it('holds over two instances that are both flooded', async () => {
    const [first] = intakes;
    const secret = await first?.createSource('desk', { requestsPerSecondMax: RATE }) ?? '';
    const startedAt = performance.now();
    const floods = intakes.map(async (intake) => {
      const counts = { accepted: 0, refused: 0 };
      for (let sent = 0; performance.now() - startedAt < FLOOD_MS; sent += 1) {
        const { status } = await intake.post('desk', secret, { externalId: `T-${sent}`, subject: 'x' });
        expect([202, 429]).toContain(status);
        if (status === 202) counts.accepted += 1;
        else counts.refused += 1;
      }
      return counts;
    });
    const counts = await Promise.all(floods);
    const seconds = (performance.now() - startedAt) / 1_000;
    const accepted = counts.reduce((sum, each) => sum + each.accepted, 0);
    // Each may take a full bucket and a second's rate before it has heard of the other.
    expect(accepted).toBeLessThanOrEqual(RATE * seconds + intakes.length * (BURST + RATE));
    expect(counts.every((each) => each.accepted > BURST && each.refused > 0)).toBe(true);
  });
});
