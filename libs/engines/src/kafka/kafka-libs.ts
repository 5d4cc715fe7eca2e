import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lastLines, runCommand } from '../process/run-command.js';
import type { EngineSettings } from '../settings.js';
import { StartupError } from '../startup-error.js';
import { missingForKafka } from './java.decision.js';

export interface KafkaDistribution {
  readonly java: string;
  /** The folder of Kafka's jars. */
  readonly libsDir: string;
}

const DOWNLOAD_TIMEOUT_MS = 600_000;
const STAMP = '.complete';

/**
 * Finds Java, and downloads Kafka's jars when they are not there for this pom. They belong to the project, not to its
 * data, so that test runs share them. Throws a StartupError that says what to install.
 */
export async function provideKafka(settings: EngineSettings, dockerInstalled: boolean): Promise<KafkaDistribution> {
  const pom = path.join(settings.rootDir, 'deploy/kafka/pom.xml');
  const pomHash = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 16);
  const libsDir = path.join(settings.rootDir, '.handoff/kafka/libs');
  const downloaded = (await readFile(path.join(libsDir, STAMP), 'utf8').catch(() => '')) === pomHash;
  const java = await javaProgram(settings.env);
  const missing = missingForKafka({
    javaVersionOutput: await versionOutput(java, '-version', settings.env),
    mavenNeeded: !downloaded,
    mavenFound: downloaded || (await versionOutput('mvn', '-v', settings.env)) !== undefined,
    dockerInstalled,
  });
  if (missing !== undefined) throw new StartupError(missing);
  if (!downloaded) {
    settings.note('Downloading Kafka with Maven (once, about 45 MB) …');
    await download({ pom, pomHash, libsDir, env: settings.env });
  }
  return { java, libsDir };
}

interface Download {
  readonly pom: string;
  readonly pomHash: string;
  readonly libsDir: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Downloads beside the final place and moves it there whole, so that a broken download is never taken for Kafka. */
async function download({ pom, pomHash, libsDir, env }: Download): Promise<void> {
  const partial = `${libsDir}.${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const args = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`];
  const result = await runCommand('mvn', args, { timeoutMs: DOWNLOAD_TIMEOUT_MS, env });
  if (result.exitCode !== 0) {
    await rm(partial, { recursive: true, force: true });
    throw new StartupError(
      `Maven could not download Kafka; check that Maven Central or your mirror can be reached. Maven said:\n${lastLines(result.output, 6)}`,
    );
  }
  await writeFile(path.join(partial, STAMP), pomHash);
  await rm(libsDir, { recursive: true, force: true });
  await rename(partial, libsDir).catch(async (error: unknown) => {
    // Another run was quicker: its download is as good.
    await rm(partial, { recursive: true, force: true });
    if ((await readFile(path.join(libsDir, STAMP), 'utf8').catch(() => '')) !== pomHash) throw error;
  });
}

async function javaProgram(env: NodeJS.ProcessEnv): Promise<string> {
  const home = env['JAVA_HOME'];
  if (!home) return 'java';
  const program = path.join(home, 'bin/java');
  const usable = await access(program, constants.X_OK).then(
    () => true,
    () => false,
  );
  return usable ? program : 'java';
}

async function versionOutput(program: string, flag: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const result = await runCommand(program, [flag], { timeoutMs: 30_000, env });
  return result.exitCode === 0 ? result.output : undefined;
}
