import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemDocument } from './problem.js';

/** Errors that Fastify itself raises before a handler runs, by its stable codes. */
const FASTIFY_PROBLEMS: Readonly<Record<string, (message: string) => Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Problem(413, 'body-too-large', 'The body is larger than this service takes.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new Problem(415, 'unsupported-media-type', 'The Content-Type is not supported; send application/json.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new Problem(400, 'invalid-json', 'The body is empty; JSON is expected.'),
  FST_ERR_CTP_INVALID_JSON_BODY: (message) => new Problem(400, 'invalid-json', message),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => new Problem(400, 'invalid-content-length', 'The body is not as long as Content-Length says.'),
};

/** Turns whatever was thrown into a problem document; what nobody foresaw is logged in full and told in brief. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.refuse(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = problemOf(error);
    if (problem.status === 503) this.logger.warn({ code: problem.code, path: pathOf(request) }, problem.detail);
    else if (problem.status >= 500) this.logger.error({ err: error, code: problem.code, path: pathOf(request) }, problem.detail);
    if (problem.retryAfterSeconds !== undefined) void reply.header('retry-after', String(problem.retryAfterSeconds));
    if (problem.code === 'token-required') void reply.header('www-authenticate', 'Bearer');
    // Closed while its sender still writes, a connection loses the answer. The rest of the body is read and dropped instead, for as long as a request may take.
    if (problem.status === 413) void reply.removeHeader('connection');
    void reply.status(problem.status).type('application/problem+json').send(problemDocument(problem, pathOf(request)));
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { code, message, statusCode } = error as { code?: unknown; message?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' ? FASTIFY_PROBLEMS[code] : undefined;
  if (known !== undefined) return known(String(message));
  if (error instanceof HttpException) return new Problem(error.getStatus(), codeOfStatus(error.getStatus()), error.message);
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return new Problem(statusCode, codeOfStatus(statusCode), String(message));
  return new Problem(500, 'internal', 'Something went wrong here. The log has the details; the request can be sent again.', { cause: error });
}

/** Nest passes Fastify's refusals on by status alone, so the status says which problem it is. */
function codeOfStatus(status: number): string {
  return STATUS_CODES[status] ?? (status >= 500 ? 'internal' : 'bad-request');
}

const STATUS_CODES: Readonly<Record<number, string>> = {
  404: 'not-found', 405: 'method-not-allowed', 413: 'body-too-large', 415: 'unsupported-media-type', 429: 'too-many-requests',
};

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? request.url;
}
