import type { Outcome } from '@handoff/outbound';
import { metrics } from './metrics.js';
import { observeOutbound } from './outbound-observer.js';

const answered = (status: number): Outcome => ({ kind: 'answered', answer: { status, headers: {}, body: Buffer.alloc(0), retryAfterMs: null } });

describe('what is seen of calls to other servers', () => {
  const lines: string[] = [];
  const log = (level: string) => (fields: object, message: string): void => void lines.push(`${level} ${JSON.stringify(fields)} ${message}`);
  const observer = observeOutbound({ warn: log('warn'), info: log('info') });
  const valueOf = async (line: string): Promise<string | undefined> => (await metrics.metrics()).split('\n').find((text) => text.startsWith(`${line} `))?.slice(line.length + 1);

  it('is how many there were, by status class or failure, and how long they took', async () => {
    for (const outcome of [answered(200), answered(204), answered(503), { kind: 'reset', arrived: 'unclear', answer: null, detail: '', host: '' }] as const) observer.onOutcome(outcome, 250);
    expect(await Promise.all(['2xx', '5xx', 'reset'].map((outcome) => valueOf(`handoff_outbound_calls_total{outcome="${outcome}"}`)))).toEqual(['2', '1', '1']);
    expect(await valueOf('handoff_outbound_call_seconds_sum')).toBe('1');
  });

  it('is which servers are left alone, until a probe succeeds', async () => {
    observer.onCircuitChange({ lane: 'desk/contoso', from: 'closed', to: 'open' });
    observer.onCircuitChange({ lane: 'desk/contoso', from: 'open', to: 'half-open' });
    observer.onCircuitChange({ lane: 'desk/contoso', from: 'half-open', to: 'open' });
    expect(await valueOf('handoff_outbound_open_circuits')).toBe('1');
    observer.onCircuitChange({ lane: 'desk/contoso', from: 'open', to: 'half-open' });
    observer.onCircuitChange({ lane: 'desk/contoso', from: 'half-open', to: 'closed' });
    expect(await valueOf('handoff_outbound_open_circuits')).toBe('0');
    expect(lines).toEqual(['warn {"lane":"desk/contoso"} a server failed too often; calls to it wait', 'info {"lane":"desk/contoso"} a server is well again; calls to it go on']);
  });
});
