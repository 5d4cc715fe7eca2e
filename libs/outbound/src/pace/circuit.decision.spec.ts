import fc from 'fast-check';
import { admit, type CallResult, type Circuit, CIRCUIT_RULES, type CircuitRules, newCircuit, settle } from './circuit.decision.js';

const rules: CircuitRules = { failuresInRow: 3, failureShare: 0.5, callsMin: 4, windowMs: 60_000, openMs: 10_000, openMsMax: 35_000, probeMsMax: 30_000 };
const START_MS = 1_000_000;

/** A circuit with the time that is moved by hand. */
class Story {
  circuit: Circuit = newCircuit(START_MS, rules);
  nowMs = START_MS;

  /** Calls, one after another; says of each whether it went. */
  calls(...results: CallResult[]): boolean[] {
    return results.map((result) => {
      const generation = this.begin();
      if (generation !== null) this.end(generation, result);
      return generation !== null;
    });
  }

  begin(): number | null {
    const admission = admit(this.circuit, this.nowMs, rules);
    if (!admission.admitted) return null;
    this.circuit = admission.circuit;
    return this.circuit.generation;
  }

  end(generation: number, result: CallResult): void {
    this.circuit = settle(this.circuit, { generation, result, nowMs: this.nowMs }, rules);
  }

  refusal(): number | null {
    const admission = admit(this.circuit, this.nowMs, rules);
    return admission.admitted ? null : admission.retryAfterMs;
  }
}

let story: Story;
beforeEach(() => {
  story = new Story();
});

describe('a circuit', () => {
  it('opens at the third failure in a row, and stays closed while successes come between', () => {
    expect(story.calls(...Array.from({ length: 6 }, () => 'success' as const), 'failure', 'failure', 'success')).not.toContain(false);
    expect(story.circuit.state).toBe('closed');
    expect(story.calls('failure', 'failure', 'failure', 'success')).toEqual([true, true, true, false]);
    expect(story.circuit.state).toBe('open');
    expect(story.refusal()).toBe(10_000);
  });

  it('does not open by a success', () => {
    story.calls('failure', 'failure', 'success', 'success');
    expect(story.circuit.state).toBe('closed');
  });

  it('opens when half of enough calls failed within the window, and not by what is older', () => {
    story.calls('success', 'failure', 'success');
    expect(story.circuit.state).toBe('closed');
    story.calls('failure');
    expect(story.circuit.state).toBe('open');

    story = new Story();
    story.calls('success', 'failure', 'success');
    story.nowMs += rules.windowMs;
    story.calls('failure', 'success', 'success');
    expect(story.circuit.state).toBe('closed');
  });

  it('lets exactly one probe go when its time is over, and closes when that succeeds', () => {
    story.calls('failure', 'failure', 'failure');
    story.nowMs += 9_999;
    expect(story.refusal()).toBe(1);
    story.nowMs += 1;
    const probe = story.begin();
    expect([story.circuit.state, story.begin(), story.begin()]).toEqual(['half-open', null, null]);
    story.end(probe ?? -1, 'success');
    expect(story.circuit.state).toBe('closed');
    expect(story.calls('failure', 'failure', 'success')).toEqual([true, true, true]);
  });

  it('stays open for twice as long after each failed probe, up to the most, and begins anew once it was closed', () => {
    story.calls('failure', 'failure', 'failure');
    const openMs: (number | null)[] = [];
    for (let probe = 0; probe < 3; probe += 1) {
      story.nowMs += story.refusal() ?? 0;
      story.calls('failure');
      openMs.push(story.refusal());
    }
    expect(openMs).toEqual([20_000, 35_000, 35_000]);
    story.nowMs += 35_000;
    story.calls('success', 'failure', 'failure', 'failure');
    expect(story.refusal()).toBe(10_000);
  });

  it('probes again with the next call when a probe says nothing, or is never heard of again', () => {
    story.calls('failure', 'failure', 'failure');
    story.nowMs += 10_000;
    expect(story.calls('neutral')).toEqual([true]);
    const lost = story.begin();
    expect([lost === null, story.refusal()]).toEqual([false, 10_000]);
    story.nowMs += rules.probeMsMax;
    const second = story.begin();
    expect(second).not.toBeNull();
    story.end(lost ?? -1, 'failure');
    expect(story.circuit.state).toBe('half-open');
    story.end(second ?? -1, 'success');
    expect(story.circuit.state).toBe('closed');
  });

  it('is not moved by calls that began before it changed', () => {
    const old = [story.begin(), story.begin(), story.begin(), story.begin(), story.begin(), story.begin()].map((generation) => generation ?? -1);
    for (const generation of old.slice(0, 3)) story.end(generation, 'failure');
    const opened = story.circuit;
    story.end(old[3] ?? -1, 'success');
    expect(story.circuit).toBe(opened);
    story.nowMs += 10_000;
    story.calls('success');
    const closed = story.circuit;
    for (const generation of old.slice(4)) story.end(generation, 'failure');
    expect(story.circuit).toBe(closed);
  });

  it('does not count what says nothing of the server', () => {
    expect(story.calls('failure', 'failure', 'neutral', 'neutral', 'neutral', 'failure', 'success')).toEqual([true, true, true, true, true, true, false]);
  });

  it('holds whatever happens: one probe at a time, never longer shut than the most, open to a working server in the end', () => {
    const step = fc.oneof(fc.record({ what: fc.constantFrom('begin' as const) }), fc.record({ what: fc.constantFrom('success' as const, 'failure' as const, 'neutral' as const), which: fc.nat(5) }), fc.record({ what: fc.constant('wait' as const), ms: fc.nat(40_000) }));
    fc.assert(fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const told = new Story();
      const underWay: number[] = [];
      for (const taken of steps) {
        if (taken.what === 'begin') {
          const before = told.circuit;
          const generation = told.begin();
          if (generation !== null) underWay.push(generation);
          if (generation !== null && before.state !== 'closed') expect(told.nowMs).toBeGreaterThanOrEqual(before.state === 'open' ? before.untilMs : before.probeUntilMs);
        } else if (taken.what === 'wait') told.nowMs += taken.ms;
        else told.end(underWay.splice(taken.which % Math.max(1, underWay.length), 1)[0] ?? -1, taken.what);
        expect(told.refusal() ?? 0).toBeLessThanOrEqual(rules.openMsMax);
      }
      told.nowMs += Math.max(rules.openMsMax, rules.probeMsMax);
      expect(told.calls('success', 'success')).toEqual([true, true]);
      expect(told.circuit.state).toBe('closed');
    }));
  });

  it('has defaults that can open and close', () => {
    const circuit = Array.from({ length: CIRCUIT_RULES.failuresInRow }).reduce<Circuit>((before) => settle(before, { generation: before.generation, result: 'failure', nowMs: 0 }, CIRCUIT_RULES), newCircuit(0, CIRCUIT_RULES));
    expect(circuit).toMatchObject({ state: 'open', untilMs: CIRCUIT_RULES.openMs });
  });
});
