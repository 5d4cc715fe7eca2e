import { aDelivery } from '../notification/notification.builders.js';
import type { SendResult } from './delivery.store.js';
import { dispose } from './disposition.decision.js';
import { askGate, GATE_RULES, gateAfter, isForgettable, type LaneGate, newGate } from './lane-gate.decision.js';
import type { Answer } from '../channels/channel.js';

const t0 = Date.parse('2026-11-02T08:00:00.000Z');
const http = (status: number, retryAfterMs: number | null = null): Answer => ({ kind: 'answered', protocol: 'http', status, detail: `HTTP ${status}`, retryAfterMs });
const taken: Answer = { kind: 'accepted', receipt: 'ok' };
const late: Answer = { kind: 'timeout', detail: 'late' };

function resultOf(answer: Answer, nowMs: number): SendResult {
  const disposition = dispose({ answer, step: 1, nowMs, random: 0.5 });
  const outcome = disposition.state === 'pending' ? 'retry' : disposition.state;
  return { delivery: aDelivery(), disposition, standing: null, attempt: { attempt: 1, at: new Date(nowMs).toISOString(), durationMs: 0, outcome, code: disposition.state === 'delivered' ? null : disposition.code, detail: '' } };
}

/** Sends one message after the other at one time; those that the gate stops are `stopped`. */
function sent(gate: LaneGate, nowMs: number, answers: readonly Answer[], messagesPerMinuteMax: number | null = null): { readonly gate: LaneGate; readonly stopped: number } {
  return answers.reduce(({ gate, stopped }, answer) => {
    const asked = askGate(gate, { nowMs, messagesPerMinuteMax });
    return asked.isOpen ? { gate: gateAfter(asked.gate, { generation: asked.generation, result: resultOf(answer, nowMs), nowMs }), stopped } : { gate, stopped: stopped + 1 };
  }, { gate, stopped: 0 });
}

const ask = (gate: LaneGate, nowMs: number, messagesPerMinuteMax: number | null = null) => askGate(gate, { nowMs, messagesPerMinuteMax });

describe('the gate before an address', () => {
  it('lets everything pass that is taken', () => {
    expect(sent(newGate(t0), t0, Array.from({ length: 500 }, () => taken)).stopped).toBe(0);
  });

  it.each([['no answer in time', late], ['HTTP 500', http(500)], ['no connection', { kind: 'unreachable', detail: 'refused' } as const]])('closes after a few failures one after another (%s), and lets one message try later', (_what, answer) => {
    const { gate } = sent(newGate(t0), t0, Array.from({ length: GATE_RULES.failuresInRow }, () => answer));
    expect(ask(gate, t0)).toEqual({ isOpen: false, untilMs: t0 + GATE_RULES.openMs });
    const probe = ask(gate, t0 + GATE_RULES.openMs);
    if (!probe.isOpen) throw new Error('no probe');
    expect(ask(probe.gate, t0 + GATE_RULES.openMs)).toMatchObject({ isOpen: false });
    const well = gateAfter(probe.gate, { generation: probe.generation, result: resultOf(taken, t0), nowMs: t0 + GATE_RULES.openMs });
    expect(sent(well, t0 + GATE_RULES.openMs, [taken, taken]).stopped).toBe(0);
  });

  it('stays open for a receiver that refuses single messages, or takes some of them', () => {
    expect(sent(newGate(t0), t0, Array.from({ length: 100 }, () => http(400))).stopped).toBe(0);
    expect(sent(newGate(t0), t0, [late, late, taken, late, late, taken]).stopped).toBe(0);
  });

  it('waits as long as the receiver asks, after one answer', () => {
    const { gate } = sent(newGate(t0), t0, [http(429, 90_000)]);
    expect(ask(gate, t0)).toEqual({ isOpen: false, untilMs: t0 + 90_000 });
    expect(ask(gate, t0 + 90_000)).toMatchObject({ isOpen: true });
  });

  it('lets as many pass in a minute as are allowed: so many at once, and then one whenever one has come back', () => {
    const { gate, stopped } = sent(newGate(t0), t0, Array.from({ length: 12 }, () => taken), 10);
    expect(stopped).toBe(2);
    expect(ask(gate, t0, 10)).toEqual({ isOpen: false, untilMs: t0 + 6_000 });
    expect(sent(gate, t0 + 6_000, [taken, taken], 10).stopped).toBe(1);
    expect(sent(gate, t0 + 60_000, Array.from({ length: 11 }, () => taken), 10).stopped).toBe(1);
  });

  it('is forgotten only when it would be as new', () => {
    expect(isForgettable(sent(newGate(t0), t0, [taken]).gate, t0)).toBe(true);
    expect(isForgettable(sent(newGate(t0), t0, [late]).gate, t0)).toBe(false);
    expect(isForgettable(sent(newGate(t0), t0, [taken], 10).gate, t0)).toBe(false);
    expect(isForgettable(sent(newGate(t0), t0, [taken], 10).gate, t0 + 60_000)).toBe(true);
  });
});
