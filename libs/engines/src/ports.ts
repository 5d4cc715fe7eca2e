import { createServer } from 'node:net';
import { StartupError } from './startup-error.js';

export const LOOPBACK = '127.0.0.1';

/** Resolves when the port can be listened on here; throws a StartupError naming port and variable when not. */
export async function requireFreePort(port: number, variable: string, usedFor: string): Promise<void> {
  const problem = await listenProblem(port);
  if (problem === undefined) return;
  const why = problem === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${problem})`;
  throw new StartupError(
    `Port ${port} for ${usedFor} ${why}: end that program, or choose another port with ${variable}=<port>.`,
  );
}

/** A port nobody listens on now. Somebody may take it before you do. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a listening TCP server has an address');
  return address.port;
}

function listenProblem(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
