import path from 'node:path';
import type { IntakeFloorPlan } from '../floor/intake.floor.js';
import type { NotifierFloorPlan } from '../floor/notifier.floor.js';
import type { RoutingFloorPlan } from '../floor/routing.floor.js';
import type { Child } from '../process/child.js';
import type { Rig } from './rig.js';

interface FloorPlans {
  readonly intake: IntakeFloorPlan;
  readonly routing: RoutingFloorPlan;
  readonly notifier: NotifierFloorPlan;
}

/** Starts a floor as a process of its own. It tells when it is ready. */
export function startFloor<N extends keyof FloorPlans>(rig: Rig, name: N, argument: FloorPlans[N]): Child {
  return rig.start({ name: `floor-${name}`, isProfiled: true, main: path.join(import.meta.dirname, `../floor/${name}.floor.js`), argument });
}

/** The sink of webhooks, and the port on which it listens. */
export async function startSink(rig: Rig): Promise<{ readonly child: Child; readonly port: number }> {
  const child = rig.start({ name: 'sink', main: path.join(import.meta.dirname, '../load/sink.js') });
  const { port } = await child.untilReady<{ port: number }>();
  return { child, port };
}

/** Receivers of webhooks that are sick, and the port on which they listen. */
export async function startSickSink(rig: Rig): Promise<{ readonly child: Child; readonly port: number }> {
  const child = rig.start({ name: 'sick-sink', main: path.join(import.meta.dirname, '../load/sick-sink.js') });
  const { port } = await child.untilReady<{ port: number }>();
  return { child, port };
}

/** Whoever posts webhooks. */
export async function startSender(rig: Rig): Promise<Child> {
  const child = rig.start({ name: 'sender', main: path.join(import.meta.dirname, '../load/sender.js') });
  await child.untilReady();
  return child;
}
