import { TOPICS } from '@handoff/contracts';
import { LOOPBACK } from '@handoff/engines';
import { DEFAULT_MATRIX } from '@handoff/matrix';
import { receivedRecords } from '../load/backlog.js';
import type { ProcessFigures } from '../process/probe.js';
import { drained } from '../rig/drain.js';
import { NO_SINK, Product } from '../rig/services.js';
import { figuresOf, processRun } from '../runs.js';
import type { Run, Stage } from '../stage.js';

const TICKETS = 100_000;
const MS_MAX = 10_000;

interface Comparison {
  readonly tickets: number;
  readonly changed: number;
}

/** How long it takes to say what a draft would change: past tickets in the database, asked for as an owner of the rules asks. */
export const compareStage: Stage = {
  name: 'compare',
  measures: `a draft of the matrix compared with the active one over ${TICKETS.toLocaleString('en-US')} past tickets, from the request to the answer`,
  run: async (context) => {
    const rig = await context.rig();
    try {
      await rig.topics.renew();
      await rig.topics.forgetGroups();
      await rig.topics.fill(receivedRecords(TICKETS));
      const product = await Product.prepare(rig, await rig.database(), NO_SINK);
      const { child, port } = await product.start('routing');
      await drained(rig, { child, total: TICKETS, done: () => rig.topics.recordsIn(TOPICS.routing.name) });
      const runs: Run[] = [];
      for (let run = 0; run < context.runs; run += 1) {
        await child.ask('beginFigures');
        const startedAt = performance.now();
        const { changed } = await comparison(port, product.token);
        const value = performance.now() - startedAt;
        runs.push({ variant: 'product', value, processes: { routing: processRun(await child.ask<ProcessFigures>('figures'), TICKETS) } });
        context.note(`  run ${run + 1}: ${value.toFixed(0)} ms, ${changed} tickets would change`);
      }
      return [figuresOf({ stage: 'compare', unit: 'ms', target: { figure: 'product', bound: 'at-most', value: MS_MAX } }, runs)];
    } finally {
      await rig.endRun();
    }
  },
};

async function comparison(port: number, token: string): Promise<Comparison> {
  const response = await fetch(`http://${LOOPBACK}:${port}/v1/matrix/compare`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ matrix: draft(), days: 3_650, limit: 20 }),
  });
  const answer = (await response.json()) as Comparison;
  if (!response.ok || answer.tickets !== TICKETS || answer.changed === 0) throw new Error(`The comparison was not of ${TICKETS} tickets: ${response.status} ${JSON.stringify(answer).slice(0, 500)}`);
  return answer;
}

/** The default matrix, with payments in the publisher's hands. */
function draft(): string {
  const rows = DEFAULT_MATRIX.rows.map((row) => (row.id === 'payment' ? { ...row, then: { ...row.then, responsible: 'isv-publisher', firstContact: 'isv-publisher' } } : row));
  return JSON.stringify({ version: 'bench-draft', rows });
}
