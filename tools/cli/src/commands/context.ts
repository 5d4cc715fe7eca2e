import type { Paint } from '../format.js';
import type { Services } from '../http/service-client.js';
import type { Installation } from '../installation.js';
import type { Terminal } from '../terminal.js';

/** What every command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly installation: Installation;
  readonly services: Services;
  readonly paint: Paint;
  /** The answer is for a program. */
  readonly isJson: boolean;
}
