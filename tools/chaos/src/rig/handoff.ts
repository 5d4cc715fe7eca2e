import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually, freePort, lastLines, LOOPBACK, projectRoot } from '@handoff/engines';
import { type Service, SERVICES } from '../plan/fault.js';

export interface HandoffPlan {
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly brokerPort: number;
  readonly databaseUrl: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const START_MS_MAX = 120_000;
const STOP_MS_MAX = 30_000;
const ANSWER_MS_MAX = 5_000;
const LAST_LINES = 15;

/** All services, as `npm start` starts them: each a process, started again by its supervisor when it dies. */
export class Handoff {
  private constructor(private readonly starter: ChildProcess, private readonly plan: HandoffPlan, readonly ports: Readonly<Record<Service, number>>, private readonly token: string) {}

  static async start(plan: HandoffPlan, stop: AbortSignal): Promise<Handoff> {
    const root = projectRoot();
    const ports: Record<Service, number> = { intake: await freePort(), routing: await freePort(), notifier: await freePort() };
    const token = randomBytes(24).toString('hex');
    const log = openSync(path.join(plan.dir, 'start.log'), 'a');
    const starter = spawn(process.execPath, ['--import', pathToFileURL(path.join(root, 'tools/start/dist/services/end-with-parent.js')).href, path.join(root, 'tools/start/dist/main.js')], {
      cwd: root, detached: true, stdio: ['ignore', log, log, 'ipc'],
      env: {
        ...plan.env, HANDOFF_DATA_DIR: plan.dir, KAFKA_BROKERS: `${LOOPBACK}:${plan.brokerPort}`, DATABASE_URL: plan.databaseUrl,
        INTAKE_PORT: String(ports.intake), ROUTING_PORT: String(ports.routing), NOTIFIER_PORT: String(ports.notifier), CONSOLE_PORT: String(await freePort()),
        MAIL_PORT: String(await freePort()), MAIL_PAGE_PORT: String(await freePort()), EGRESS_ALLOW_PRIVATE: 'true', HANDOFF_TOKEN: token,
        // The services' own audit shall see all that this one sees.
        AUDIT_GRACE_SECONDS: '5',
      },
    });
    closeSync(log);
    const handoff = new Handoff(starter, plan, ports, token);
    try {
      await handoff.untilStarted(stop);
      return handoff;
    } catch (error) {
      await handoff.stop();
      throw error;
    }
  }

  /** The process of a service now; undefined while it is between two lives. */
  async pidOf(service: Service): Promise<number | undefined> {
    const record = JSON.parse(await readFile(path.join(this.plan.dir, 'run.json'), 'utf8')) as { readonly children: Readonly<Record<string, number>> };
    return record.children[service];
  }

  /** Signing secrets of the demo sources. */
  async secrets(): Promise<Readonly<Record<string, string>>> {
    return JSON.parse(await readFile(path.join(this.plan.dir, 'demo-secrets.json'), 'utf8')) as Record<string, string>;
  }

  async ask(service: Service, method: string, route: string, body?: unknown): Promise<HttpAnswer> {
    const response = await fetch(`http://${LOOPBACK}:${this.ports[service]}${route}`, {
      method, signal: AbortSignal.timeout(ANSWER_MS_MAX), headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as HttpAnswer['body']) };
  }

  async isReady(service: Service): Promise<boolean> {
    return this.ask(service, 'GET', '/health/ready').then(({ status }) => status === 200, () => false);
  }

  async areReady(): Promise<boolean> {
    return (await Promise.all(SERVICES.map((service) => this.isReady(service)))).every(Boolean);
  }

  async stop(): Promise<void> {
    const { starter } = this;
    if (starter.exitCode !== null || starter.signalCode !== null || starter.pid === undefined) return;
    const ended = new Promise<void>((resolve) => starter.once('exit', () => resolve()));
    starter.kill('SIGTERM');
    const killer = setTimeout(() => starter.kill('SIGKILL'), STOP_MS_MAX);
    await ended;
    clearTimeout(killer);
  }

  private async untilStarted(stop: AbortSignal): Promise<void> {
    const outcome = await eventually(async () => {
      if (stop.aborted) return 'the run was stopped';
      if (this.starter.exitCode !== null) return 'it ended';
      const state = await readFile(path.join(this.plan.dir, 'run.json'), 'utf8').then((text) => (JSON.parse(text) as { state: string }).state, () => '');
      return state === 'ready' ? 'ready' : undefined;
    }, { timeoutMs: START_MS_MAX, intervalMs: 200 });
    if (outcome === 'ready') return;
    throw new Error(`Handoff did not start (${outcome ?? 'it took too long'}). It said:\n${lastLines(readFileSync(path.join(this.plan.dir, 'start.log'), 'utf8'), LAST_LINES)}`);
  }
}
