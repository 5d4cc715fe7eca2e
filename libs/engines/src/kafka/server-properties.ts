import { LOOPBACK } from '../ports.js';

export interface KafkaPorts {
  readonly broker: number;
  readonly controller: number;
  /** Where clients are told to come to; absent: `broker`. */
  readonly advertised?: number | undefined;
}

/**
 * The broker's settings: one node that is broker and controller, reachable from this machine only. Paths are relative
 * to the folder the broker runs in, because a comma in a path would make two of it.
 */
export function serverProperties(ports: KafkaPorts): string {
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${LOOPBACK}:${ports.controller}`,
    listeners: `PLAINTEXT://${LOOPBACK}:${ports.broker},CONTROLLER://${LOOPBACK}:${ports.controller}`,
    'advertised.listeners': `PLAINTEXT://${LOOPBACK}:${ports.advertised ?? ports.broker}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': 'data',
    'auto.create.topics.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    'offsets.topic.num.partitions': 12,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 12,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return `# Written at every start.\n${lines.join('\n')}\n`;
}
