import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from './bearer.guard.js';
import { Problem } from './problem.js';

/** One thing without which the service cannot work. */
export interface HealthCheck {
  readonly name: string;
  /** Resolves when usable; rejects with what is wrong. */
  check(): Promise<void>;
}

export const HEALTH_CHECKS = Symbol('HEALTH_CHECKS');
const CHECK_TIMEOUT_MS = 2_000;

@Public()
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(@Inject(HEALTH_CHECKS) private readonly checks: readonly HealthCheck[]) {}

  /** The process runs. A restart would mend nothing while this answers. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The service can do its work now. */
  @Get('ready')
  async ready(): Promise<{ status: 'ok'; checks: Record<string, 'ok'> }> {
    const failures = (await Promise.all(this.checks.map(failureOf))).filter((failure) => failure !== null);
    if (failures.length > 0) throw new Problem(503, 'not-ready', failures.join(' '), { retryAfterSeconds: 1 });
    return { status: 'ok', checks: Object.fromEntries(this.checks.map(({ name }) => [name, 'ok'])) };
  }
}

async function failureOf({ name, check }: HealthCheck): Promise<string | null> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  try {
    await Promise.race([check(), late]);
    return null;
  } catch (error) {
    return `${name}: ${(error as Error).message}.`;
  } finally {
    clearTimeout(timer);
  }
}
