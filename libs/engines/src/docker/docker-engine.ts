import { runCommand } from '../process/run-command.js';

export interface DockerFacts {
  /** A Docker client is on the PATH. */
  readonly installed: boolean;
  /** An engine answers it. */
  readonly answers: boolean;
}

const ANSWER_TIMEOUT_MS = 5_000;

/** Asks for a Docker engine, briefly. */
export async function findDocker(env: NodeJS.ProcessEnv): Promise<DockerFacts> {
  const info = await runCommand('docker', ['info', '--format', '{{.ServerVersion}}'], {
    timeoutMs: ANSWER_TIMEOUT_MS,
    env,
  });
  return { installed: info.startProblem !== 'ENOENT', answers: info.exitCode === 0 };
}
