// Kafka and PostgreSQL for tests as containers, on ports of this machine only.
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { GenericContainer, Wait } from 'testcontainers';
import { freePort, LOOPBACK } from '../../engines/dist/index.js';

const STARTUP_TIMEOUT_MS = 180_000;

/** What the environment names as external is used as it is; the rest becomes a container. */
export async function startContainers(env) {
  // The ports are published on the loopback address alone. On a machine that is itself a container, testcontainers would
  // look for them at the gateway's.
  process.env.TESTCONTAINERS_HOST_OVERRIDE ??= LOOPBACK;
  const [kafka, postgres] = await Promise.allSettled([
    env.KAFKA_BROKERS ? external({ brokers: env.KAFKA_BROKERS.split(',') }) : startKafka(),
    env.DATABASE_URL ? external({ url: env.DATABASE_URL }) : startPostgres(),
  ]);
  const stop = async () => {
    await Promise.all([kafka.value?.stop(), postgres.value?.stop()]);
  };
  const failed = [kafka, postgres].find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return { kafka: kafka.value, postgres: postgres.value, stop };
}

async function external(address) {
  return { ...address, kind: 'external', stop: async () => undefined };
}

async function startPostgres() {
  const plan = new PostgreSqlContainer('postgres:18')
    .withExposedPorts({ container: 5432, host: await freePort() })
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'max_connections=200'])
    .withStartupTimeout(STARTUP_TIMEOUT_MS);
  const container = await publishOnLoopback(plan).start();
  const url = container.getConnectionUri().replace(/@[^:/]+:/, `@${LOOPBACK}:`);
  return { url, kind: 'docker', stop: () => container.stop() };
}

/** A client is sent to the advertised address, so the published port must be known before the broker starts. */
async function startKafka() {
  const port = await freePort();
  const plan = new GenericContainer('apache/kafka:4.3.0')
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${LOOPBACK}:${port}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '12',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m',
    })
    .withExposedPorts({ container: 9092, host: port })
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(STARTUP_TIMEOUT_MS);
  const container = await publishOnLoopback(plan).start();
  return { brokers: [`${LOOPBACK}:${port}`], kind: 'docker', stop: () => container.stop() };
}

/** testcontainers publishes on every address of the machine, and has no option for less. */
function publishOnLoopback(plan) {
  for (const bindings of Object.values(plan.hostConfig.PortBindings)) {
    for (const binding of bindings) binding.HostIp = LOOPBACK;
  }
  return plan;
}
