import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@handoff/engines';
import type { Sender } from '../load/sender.js';
import type { Engine, Fault, FaultWindow, Link, Plan, Service } from '../plan/fault.js';
import type { Rig } from '../rig/rig.js';
import { pauseProcess } from './paused-process.js';
import { Poisoner, type Victim } from './poisoner.js';

export interface InjectorPorts {
  readonly rig: Rig;
  readonly sender: Sender;
  readonly note: (line: string) => void;
  readonly stop: AbortSignal;
}

const READY_AGAIN_MS_MAX = 120_000;
const READY_POLL_MS = 250;
const PID_MS_MAX = 30_000;
/** For so long somebody is looked for to whom poison can be given. */
const VICTIM_MS_MAX = 20_000;

/** Carries out a plan, and notes what was done when. */
export class Injector {
  readonly windows: FaultWindow[] = [];
  private readonly poisoner: Poisoner;

  constructor(private readonly ports: InjectorPorts) {
    this.poisoner = new Poisoner(ports.rig.brokers);
  }

  /** Resolves when every fault is over, and whoever died is ready again. */
  async carryOut({ faults }: Plan): Promise<void> {
    const { stop, note, rig } = this.ports;
    const startedAtMs = Date.now();
    await Promise.all(faults.map(async (fault) => {
      await delay(Math.max(0, startedAtMs + fault.atMs - Date.now()), undefined, { signal: stop }).catch(() => undefined);
      if (stop.aborted) return;
      const fromMs = Date.now();
      note(`${String(Math.round(fault.atMs / 1_000)).padStart(4)} s  ${fault.kind} ${fault.on}`);
      await this.inflict(fault);
      this.windows.push({ kind: fault.kind, on: fault.on, fromMs, toMs: Date.now() });
    }));
    rig.links.heal();
    await this.poisoner.close();
  }

  private async inflict(fault: Fault): Promise<void> {
    const { rig, sender } = this.ports;
    switch (fault.kind) {
      case 'kill': return this.kill(fault.on, 'SIGKILL');
      case 'kill-engine': return this.kill(fault.on, 'SIGKILL');
      // To PostgreSQL SIGINT means a fast shutdown, to Kafka SIGTERM an orderly one.
      case 'restart-engine': return this.kill(fault.on, fault.on === 'postgres' ? 'SIGINT' : 'SIGTERM');
      case 'engine-away': return this.takeAway(fault.on, fault.lastsMs);
      case 'pause': return this.pause(fault.on, fault.lastsMs);
      case 'cut': return this.during(fault.lastsMs, () => rig.links.cut(fault.on), () => (rig.links.state(fault.on).isCut = false));
      case 'stall': return this.during(fault.lastsMs, () => rig.links.state(fault.on).stall(), () => rig.links.state(fault.on).goOn());
      case 'delay': return this.during(fault.lastsMs, () => (rig.links.state(fault.on).delayMs = fault.byMs), () => (rig.links.state(fault.on).delayMs = 0));
      case 'lose-answers': return this.during(fault.lastsMs, () => (rig.links.state(fault.on).losesAnswers = true), () => (rig.links.state(fault.on).losesAnswers = false));
      case 'refuse-writes': return this.during(fault.lastsMs, () => (rig.links.state(fault.on).refusesWrites = true), () => (rig.links.state(fault.on).refusesWrites = false));
      case 'duplicate': return this.during(fault.lastsMs, () => (sender.duplicates = true), () => (sender.duplicates = false));
      case 'reorder': return this.during(fault.lastsMs, () => (sender.reorders = true), () => (sender.reorders = false));
      case 'poison-unreadable': case 'poison-failing': return this.poison(fault.kind);
    }
  }

  private async during(ms: number, begin: () => void, end: () => void): Promise<void> {
    begin();
    await delay(ms, undefined, { signal: this.ports.stop }).catch(() => undefined);
    end();
  }

  private async kill(name: Service | Engine, signal: NodeJS.Signals): Promise<void> {
    const pid = await this.pidOf(name);
    if (pid === undefined) return;
    process.kill(pid, signal);
    await eventually(async () => ((await this.ports.rig.pidOf(name)) === pid ? undefined : true), { timeoutMs: PID_MS_MAX, intervalMs: READY_POLL_MS });
    await this.untilReady();
  }

  private async takeAway(engine: Engine, ms: number): Promise<void> {
    const links = (['intake', 'routing', 'notifier'] as const).map((service): Link => `${service}-${engine}`);
    const pid = await this.pidOf(engine);
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    const { rig } = this.ports;
    await this.during(ms, () => links.forEach((link) => rig.links.cut(link)), () => links.forEach((link) => (rig.links.state(link).isCut = false)));
    await this.untilReady();
  }

  private async pause(name: Service | Engine, ms: number): Promise<void> {
    const pid = await this.pidOf(name);
    if (pid !== undefined) await pauseProcess(pid, ms, this.ports.stop);
  }

  private async poison(kind: 'poison-unreadable' | 'poison-failing'): Promise<void> {
    const { sender, stop } = this.ports;
    const victim = await eventually(async () => (kind === 'poison-unreadable' ? sender.openTicket() : await this.decidedTicket()) ?? undefined, { timeoutMs: VICTIM_MS_MAX, intervalMs: READY_POLL_MS });
    if (victim === undefined) return;
    await (kind === 'poison-unreadable' ? this.poisoner.unreadable(victim, stop) : this.poisoner.failing(victim, stop));
  }

  /** One that routing knows already: before that, the poison would be the ticket, and the ticket the poison. */
  private async decidedTicket(): Promise<Victim | null> {
    const [row] = await this.ports.rig.rows<Victim>('select id::text as "ticketId", source, external_id as "externalId" from routing.ticket order by created_at limit 1').catch(() => []);
    return row ?? null;
  }

  private pidOf(name: Service | Engine): Promise<number | undefined> {
    return eventually(() => this.ports.rig.pidOf(name), { timeoutMs: PID_MS_MAX, intervalMs: READY_POLL_MS });
  }

  private async untilReady(): Promise<void> {
    const { rig, stop } = this.ports;
    await eventually(async () => (stop.aborted || (await rig.handoff.areReady()) ? true : undefined), { timeoutMs: READY_AGAIN_MS_MAX, intervalMs: READY_POLL_MS });
  }
}
