import { describe, expect, it } from '@jest/globals';
import type { Machine } from '../machine.js';
import { figuresOf } from '../runs.js';
import type { ProcessRun, Run } from '../stage.js';
import { jsonLine, measuredIn, textOf } from './lines.js';
import { performancePage } from './performance-page.js';

const machine: Machine = { cores: 2, processor: 'Some processor', memoryGib: 8, system: 'linux x64', node: '24.0.0', kafka: '4.0.0 (embedded)', postgres: '18.0 (embedded)' };
const needed = (cpuMsAThousand: number): ProcessRun => ({ cpuMs: 1, peakRssMib: 200.4, loopDelayP99Ms: 12.3, loopDelayMaxMs: 30, cpuMsAThousand });
const run = (variant: Run['variant'], value: number, cpuMs: number): Run => ({ variant, value, processes: { intake: needed(cpuMs) } });
const intake = figuresOf({ stage: 'intake', unit: 'events/s', target: { figure: 'ratio', bound: 'at-least', value: 0.7 } }, [run('floor', 10_000, 60), run('product', 7_512.3456, 90), run('floor', 12_000, 61), run('product', 8_000, 92)]);
const matrix = figuresOf({ stage: 'matrix', unit: 'decisions/s', target: null }, [{ variant: 'product', value: 750_000 }]);

describe('what was measured', () => {
  it('is one JSON line a stage, with the machine', () => {
    const line = jsonLine(intake, machine);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({ stage: 'intake', unit: 'events/s', floor: 11_000, product: 7_756.2, ratio: 0.70511, reached: true, machine, runs: [{ variant: 'floor', value: 10_000 }, { variant: 'product', value: 7_512.3 }, {}, {}] });
  });

  it('is read back from such lines: each stage as it was measured last, whatever else stands between', () => {
    const again = figuresOf({ stage: 'matrix', unit: 'decisions/s', target: null }, [{ variant: 'product', value: 5, more: { waitedMs: 7 } }]);
    const read = measuredIn(['> bench', jsonLine(matrix, machine), jsonLine(intake, machine), jsonLine(again, machine), ''].join('\n'));
    expect(read).toMatchObject([{ stage: 'matrix', product: 5, machine }, { stage: 'intake', floor: 11_000 }]);
    expect(performancePage({ stages: read, measures: {} })).toContain('| matrix | waitedMs | – | 7 |');
  });

  it('is a table for a person', () => {
    expect(textOf(intake)).toBe([
      'intake',
      '  floor    11,000 events/s (10,000–12,000)',
      '  product  7,756 events/s (7,512–8,000)',
      '  ratio    0.71',
      '  target   ratio at least 0.7: reached',
    ].join('\n'));
  });

  it('is a page with the machine, speeds and needs, and with nothing that was not measured', () => {
    const page = performancePage({ stages: [{ ...matrix, machine }, { ...intake, machine }], measures: { matrix: 'decisions', intake: 'webhooks' } });
    expect(page).toContain('Measured on 2 cores of Some processor with 8 GiB, linux x64, shared by load, engines and services; Node 24.0.0, Kafka 4.0.0 (embedded), PostgreSQL 18.0 (embedded).');
    expect(page).toContain('| matrix | – | 750,000 decisions/s (750,000–750,000) | – | – | 1 |');
    expect(page).toContain('| intake | 11,000 events/s (10,000–12,000) | 7,756 events/s (7,512–8,000) | 0.71 | at least 0.7: reached | 2 |');
    expect(page).toContain('- **matrix**: decisions.\n- **intake**: webhooks.');
    expect(page.match(/Measured on/g)).toHaveLength(1);
    expect(page).toContain('| intake | floor of intake | 61 | 200 | 12 |\n| intake | intake | 91 | 200 | 12 |');
  });
});
