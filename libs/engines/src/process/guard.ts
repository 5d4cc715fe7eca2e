import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { StopRequest } from './running-process.js';

/**
 * Waits until its standard input closes, which happens when our process ends, however it ends. Then stops the engine,
 * if the process of that id still is the engine: first politely, and after the grace period for good.
 */
const GUARD_SCRIPT = `
trap '' HUP INT TERM
ours() {
  args=$(tr '\\0' ' ' 2>/dev/null <"/proc/$1/cmdline" || ps -ww -o args= -p "$1" 2>/dev/null)
  case "$args" in *"$2"*) return 0 ;; *) return 1 ;; esac
}
while read -r _; do :; done
ours "$1" "$2" || exit 0
kill -s "$3" "$1"
waited=0
while ours "$1" "$2" && [ "$waited" -lt "$4" ]; do sleep 1; waited=$((waited + 1)); done
ours "$1" "$2" && kill -s KILL "$1"
exit 0
`;

export interface Guard {
  /** Ends the guard once the engine has ended. */
  release(): void;
}

/** Starts a small shell that stops the engine if we are killed before we could. */
export function startGuard(pid: number, request: StopRequest): Guard {
  const graceSeconds = String(Math.ceil(request.graceMs / 1_000));
  const args = [String(pid), request.marker, request.signal.replace(/^SIG/, ''), graceSeconds];
  const guard = spawn('sh', ['-c', GUARD_SCRIPT, 'handoff-guard', ...args], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell there is no guard; the next start still finds the engine by its recorded id.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return { release: () => guard.stdin.end() };
}
