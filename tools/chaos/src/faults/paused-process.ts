import { spawn } from 'node:child_process';

/** Lets the process go on after its time whatever becomes of us: a small shell does it. */
const SCRIPT = 'kill -s STOP "$1" && sleep "$2"; kill -s CONT "$1"';

/** Lets a process stand still for so long. It goes on sooner when `stop` says so. */
export async function pauseProcess(pid: number, ms: number, stop: AbortSignal): Promise<void> {
  const shell = spawn('sh', ['-c', SCRIPT, 'handoff-chaos-pause', String(pid), String(ms / 1_000)], { stdio: 'ignore', detached: true });
  const goOn = (): void => {
    // The whole group: the shell waits for its sleep.
    if (shell.pid !== undefined && shell.exitCode === null) process.kill(-shell.pid, 'SIGKILL');
    continueProcess(pid);
  };
  stop.addEventListener('abort', goOn, { once: true });
  await new Promise<void>((resolve) => {
    shell.once('exit', () => resolve());
    shell.once('error', () => resolve());
  });
  stop.removeEventListener('abort', goOn);
}

function continueProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // It ended meanwhile.
  }
}
