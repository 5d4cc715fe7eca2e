import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunningEngine } from '../engines.js';
import { freePort, LOOPBACK, requireFreePort } from '../ports.js';
import { logTail, stopRecorded, EngineProcess } from '../process/engine-process.js';
import { lastLines, runCommand } from '../process/run-command.js';
import { abortReason, portFrom, type EngineSettings } from '../settings.js';
import { StartupError } from '../startup-error.js';
import { kafkaProblem } from './kafka-answers.js';
import { provideKafka, type KafkaDistribution } from './kafka-libs.js';
import { serverProperties, type KafkaPorts } from './server-properties.js';

const READY_TIMEOUT_MS = 90_000;
/** A broker that is stopped writes its logs out first. */
const STOP_GRACE_MS = 20_000;
/** Less optimising: a program that runs for seconds is done sooner. */
const QUICK_JVM = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/** Runs one Kafka node as a Java process, with its data below the data directory. */
export async function startEmbeddedKafka(
  settings: EngineSettings,
  dockerInstalled: boolean,
): Promise<RunningEngine<string[]>> {
  const distribution = await provideKafka(settings, dockerInstalled);
  const dir = path.join(settings.dataDir, 'kafka');
  await mkdir(dir, { recursive: true });
  const properties = path.join(dir, 'server.properties');
  const pidFile = path.join(dir, 'kafka.pid');
  const stopping = { marker: properties, signal: 'SIGTERM', graceMs: STOP_GRACE_MS } as const;
  if (await stopRecorded(pidFile, stopping)) settings.note('Stopped a Kafka that an earlier run had left running.');

  const ports = await choosePorts(settings);
  await writeFile(properties, serverProperties({ ...ports, advertised: settings.kafkaAdvertisedPort }));
  await copyFile(path.join(settings.rootDir, 'deploy/kafka/log4j2.properties'), path.join(dir, 'log4j2.properties'));
  await formatOnce(dir, distribution, settings.env);

  const logFile = path.join(dir, 'kafka.log');
  const broker = EngineProcess.start({
    ...stopping,
    name: 'Kafka',
    file: distribution.java,
    args: [
      ...['-Xms256m', '-Xmx512m', '-XX:+ExitOnOutOfMemoryError'],
      ...(settings.durable ? [] : QUICK_JVM),
      ...[...javaArgs(dir, distribution), 'kafka.Kafka', properties],
    ],
    cwd: dir,
    env: settings.env,
    logFile,
    pidFile,
  });
  const brokers = [`${LOOPBACK}:${ports.broker}`];
  const ended = (): string | undefined => broker.ended() ?? abortReason(settings);
  const problem = await kafkaProblem({ brokers, timeoutMs: READY_TIMEOUT_MS, ended });
  if (problem !== undefined) {
    await broker.stop();
    throw new StartupError(
      `Kafka did not start: ${problem}. Its log, ${logFile}, ends with:\n${await logTail(logFile)}`,
    );
  }
  broker.keepRunning(settings.note);
  return {
    address: brokers,
    description: `Kafka on ${brokers[0]} (embedded, data in ${dir})`,
    stop: () => broker.stop(),
  };
}

async function choosePorts(settings: EngineSettings): Promise<KafkaPorts> {
  if (settings.freePorts) return { broker: await freePort(), controller: await freePort() };
  const broker = portFrom(settings.env, 'KAFKA_PORT', 19_092);
  const controller = portFrom(settings.env, 'KAFKA_CONTROLLER_PORT', 19_093);
  await requireFreePort(broker, 'KAFKA_PORT', 'Kafka');
  await requireFreePort(controller, 'KAFKA_CONTROLLER_PORT', "Kafka's controller");
  return { broker, controller };
}

function javaArgs(dir: string, distribution: KafkaDistribution): string[] {
  const logging = pathToFileURL(path.join(dir, 'log4j2.properties')).href;
  return [
    '-Djava.awt.headless=true',
    `-Dlog4j2.configurationFile=${logging}`,
    '-cp',
    path.join(distribution.libsDir, '*'),
  ];
}

/** Kafka wants its data folder prepared once. One without meta.properties was cut short and holds nothing yet. */
async function formatOnce(dir: string, distribution: KafkaDistribution, env: NodeJS.ProcessEnv): Promise<void> {
  const data = path.join(dir, 'data');
  const formatted = await stat(path.join(data, 'meta.properties')).then(
    () => true,
    () => false,
  );
  if (formatted) return;
  await rm(data, { recursive: true, force: true });
  // As one argument: an id may begin with '-', and would then be taken for an option.
  const clusterId = randomBytes(16).toString('base64url');
  const args = [
    ...QUICK_JVM,
    ...javaArgs(dir, distribution),
    'kafka.tools.StorageTool',
    'format',
    `--cluster-id=${clusterId}`,
    '-c',
    'server.properties',
  ];
  const result = await runCommand(distribution.java, args, { cwd: dir, env, timeoutMs: 60_000 });
  if (result.exitCode !== 0) {
    throw new StartupError(`Kafka could not prepare its data folder ${data}. It said:\n${lastLines(result.output, 6)}`);
  }
}
