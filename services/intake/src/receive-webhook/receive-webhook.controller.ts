import { type DirectRoute, Public } from '@handoff/platform';
import { Controller, HttpCode, HttpStatus, Options, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SystemAnswer } from '../adapters/adapter.js';
import { ACCEPTED, IGNORED, PARKED, problemResponse } from '../http/documents.js';
import { IncomingWebhooks } from './incoming-webhook.js';
import { ReceiveWebhookHandler } from './receive-webhook.handler.js';
import type { WebhookAnswer } from './webhook-answer.js';

const WEBHOOK_PATH = /^\/v1\/sources\/[^/]+\/webhooks\/?$/;

/** Paths whose body must stay the bytes that were signed. */
export function isWebhookPath(path: string): boolean {
  return WEBHOOK_PATH.test(path);
}

/** Webhooks, served without Nest: they are most of what comes, and verify themselves. */
export function webhookRoute(controller: ReceiveWebhookController): DirectRoute {
  return {
    method: 'POST', path: '/v1/sources/:source/webhooks',
    answer: (request, reply) => {
      void reply.status(HttpStatus.ACCEPTED);
      return controller.receive((request.params as { source: string }).source, request, reply);
    },
  };
}

@ApiTags('webhooks')
@Controller('v1/sources')
export class ReceiveWebhookController {
  constructor(private readonly handler: ReceiveWebhookHandler, private readonly incoming: IncomingWebhooks) {}

  @Public()
  @Post(':source/webhooks')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({
    summary: 'Take a webhook of a ticketing system',
    description: 'Verified by the signature of its system on the bytes as they came, instead of a token. 202 means that the event is stored durably, or that it is genuine, was not understood and is parked. A body with several events is answered with the first that became one, and all of them in `events`.',
    security: [],
  })
  @ApiSecurity({})
  @ApiParam({ name: 'source', example: 'jira-demo' })
  @ApiBody({ schema: { type: 'object' }, description: "The system's own payload; for the adapter 'standard-webhooks' a ticket as in POST /v1/tickets.", examples: { jira: { value: { timestamp: 1_793_523_600_000, webhookEvent: 'jira:issue_created', issue: { key: 'SUP-12', fields: { summary: 'Sign-in fails', priority: { name: 'High' }, labels: ['login'] } } } } } })
  @ApiResponse({ status: 202, description: 'Stored, or a genuine event that changes no ticket, or one that is parked.', content: { 'application/json': { schema: { oneOf: [ACCEPTED, IGNORED, PARKED] } } } })
  @problemResponse(400, 'invalid-encoding')
  @problemResponse(401, 'signature-invalid, timestamp-stale')
  @problemResponse(403, 'address-not-allowed')
  @problemResponse(404, 'source-unknown')
  @problemResponse(408, 'the body did not come within REQUEST_TIMEOUT_MS; the connection is closed')
  @problemResponse(413, 'body-too-large')
  @problemResponse(415, 'unsupported-encoding, and from the adapter cloudevents unsupported-media-type')
  @problemResponse(429, 'too-many-requests. Nothing was acknowledged; send it again after Retry-After.')
  @problemResponse(503, 'kafka-unavailable, spool-full, parking-full, too-busy, database-unavailable, secret-unreadable, signing-key-unavailable. Nothing was acknowledged; send it again after Retry-After.')
  async receive(@Param('source') source: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<WebhookAnswer | string> {
    const { answer, instead } = await this.handler.receive(this.incoming.of(source, request));
    return instead === null ? answer : inWordsOfSystem(reply, instead);
  }

  @Public()
  @Options(':source/webhooks')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ask for consent to webhooks', description: 'The handshake of CloudEvents before the first delivery. Other systems do not ask.', security: [] })
  @ApiSecurity({})
  @ApiParam({ name: 'source', example: 'jira-demo' })
  @ApiResponse({ status: 200, description: "Consent, in 'WebHook-Allowed-Origin' and 'WebHook-Allowed-Rate'." })
  @ApiResponse({ status: 204, description: 'The methods of this address; no consent.' })
  @problemResponse(404, 'source-unknown')
  async consent(@Param('source') source: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string | undefined> {
    void reply.header('allow', 'POST, OPTIONS');
    const consent = await this.handler.consent(this.incoming.of(source, request));
    return consent === null ? undefined : inWordsOfSystem(reply, consent);
  }
}

function inWordsOfSystem(reply: FastifyReply, { status, headers, body }: SystemAnswer): string {
  void reply.status(status).headers(headers);
  return body;
}
