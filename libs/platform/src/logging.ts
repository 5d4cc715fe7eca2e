import type { LoggerService } from '@nestjs/common';
import { type Logger as Pino, pino } from 'pino';

/** Names of fields that must never reach a log, wherever they stand. */
const SECRET_PATHS = ['authorization', 'secret', 'secrets', 'password', 'token', '*.authorization', '*.secret', '*.secrets', '*.password', '*.token', 'headers.authorization', 'err.config', 'err.parameters'];

export function createPino(service: string, level: string): Pino {
  return pino({ level, base: { service, pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: SECRET_PATHS, censor: '[secret]' }, formatters: { level: (label) => ({ level: label }) } });
}

/** Nest's own messages as the same structured lines: `log(fields, message)` or `log(message)`. */
export class NestLog implements LoggerService {
  constructor(private readonly log_: Pino) {}

  log(message: unknown, ...more: unknown[]): void { this.write('info', message, more); }
  error(message: unknown, ...more: unknown[]): void { this.write('error', message, more); }
  warn(message: unknown, ...more: unknown[]): void { this.write('warn', message, more); }
  debug(message: unknown, ...more: unknown[]): void { this.write('debug', message, more); }
  verbose(message: unknown, ...more: unknown[]): void { this.write('trace', message, more); }
  fatal(message: unknown, ...more: unknown[]): void { this.write('fatal', message, more); }

  private write(level: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal', message: unknown, more: unknown[]): void {
    // Nest appends the context (a class name) as the last argument.
    const context = more.length > 0 && typeof more.at(-1) === 'string' ? (more.at(-1) as string) : undefined;
    const text = more.length > 1 && typeof more[0] === 'string' ? more[0] : undefined;
    if (typeof message === 'object' && message !== null) this.log_[level]({ context, ...message }, text);
    else this.log_[level]({ context, ...(more.length > 1 && text !== undefined ? { detail: text } : {}) }, String(message));
  }
}
