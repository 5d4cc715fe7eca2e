import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

const PUBLIC = 'handoff:public';

/** Marks a route that needs no bearer token: it verifies its caller by itself, or tells nothing. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);

/** Lets a request in that has no bearer token, or throws a Problem. */
export type LetIn = (request: FastifyRequest) => Promise<void>;

/** Lets a request through only with the installation's bearer token, or where the service knows its caller otherwise. No token configured: nobody passes by one. */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(private readonly reflector: Reflector, private readonly token: string | null, private readonly letIn: LetIn | null = null) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const header = request.headers.authorization ?? '';
    if (header === '' && this.letIn !== null) return this.letIn(request).then(() => true);
    const [scheme, given] = header.split(' ');
    if (this.token !== null && scheme?.toLowerCase() === 'bearer' && given !== undefined && sameText(given, this.token)) return true;
    throw new Problem(401, 'token-required', "This call needs 'Authorization: Bearer <token>'. Local runs keep the token in .handoff/token.");
  }
}

/** Compares without telling, by the time taken, where two texts differ or how long they are. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
