import { audit, type Audit } from './audit/audit.decision.js';
import { collect } from './audit/collect.js';
import type { Evidence } from './audit/evidence.js';
import { settle, type Settled } from './audit/settle.js';
import type { Command } from './command.js';
import { Injector } from './faults/injector.js';
import { Sender } from './load/sender.js';
import type { Plan } from './plan/fault.js';
import type { RunFigures } from './report.js';
import { Rig } from './rig/rig.js';

export interface RunContext {
  readonly note: (line: string) => void;
  readonly stop: AbortSignal;
}

export interface Outcome {
  readonly audit: Audit;
  readonly figures: RunFigures;
  /** Why it did not come to rest; `null`: it did. */
  readonly problem: string | null;
}

/** Sends and hurts as planned, lets everything come to rest, and audits. Ends everything that it started, also when it fails. */
export async function run(command: Command, plan: Plan, { note, stop }: RunContext): Promise<Outcome> {
  const rig = await Rig.start({ note, stop, keep: command.keep });
  try {
    const sender = new Sender({ seed: plan.seed, perSecond: command.perSecond, port: rig.links.proxies.intake.port, secrets: await rig.handoff.secrets() });
    const injector = new Injector({ rig, sender, note, stop });
    await Promise.all([sender.send(plan.loadMs, stop), injector.carryOut(plan)]);
    note('Everything is healed. Waiting for the last answers, and for rest …');
    await sender.drained(stop);
    const settled = await settle({ rig, accepted: sender.accepted, note, stop });
    stop.throwIfAborted();
    const evidence: Evidence = { ...(await collect(rig)), accepted: sender.accepted, arrivals: rig.sink.arrivals, faults: injector.windows };
    sender.close();
    return { audit: audit(evidence), figures: figuresOf(command, evidence, { settled, repeatedPosts: sender.repeated }), problem: settled.problem };
  } finally {
    await rig.stop();
  }
}

function figuresOf({ seed, minutes, perSecond }: Command, evidence: Evidence, { settled, repeatedPosts }: { readonly settled: Settled; readonly repeatedPosts: Readonly<Record<string, number>> }): RunFigures {
  const { accepted, decisions, notifications, arrivals } = evidence;
  return {
    seed, minutes, perSecond, settledMs: settled.tookMs, repeatedPosts, accepted: accepted.length, decisions: decisions.length, notifications: notifications.length, arrivals: arrivals.length,
    tickets: new Set(accepted.map(({ ticketId }) => ticketId)).size, events: new Set(accepted.map(({ eventId }) => eventId)).size,
  };
}
