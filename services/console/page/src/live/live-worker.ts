import type { LiveMessage } from './live-message.js';
import { Tail } from './tail.js';

// One for all tabs of a browser: over HTTP/1.1 six connections are all that a browser has for a server.
const scope = self as unknown as { onconnect: ((event: MessageEvent) => void) | null };
const ports = new Set<MessagePort>();
let tail: Tail | null = null;

function tell(message: LiveMessage): void {
  for (const port of ports) port.postMessage(message);
}

scope.onconnect = ({ ports: [port] }) => {
  if (port === undefined) return;
  ports.add(port);
  port.onmessage = ({ data }: MessageEvent<'bye' | 'reopen'>) => {
    if (data === 'bye') ports.delete(port);
    else tail?.reopen();
  };
  tail ??= new Tail(tell);
  port.postMessage({ kind: 'status', status: tail.status } satisfies LiveMessage);
};
