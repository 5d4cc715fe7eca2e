import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { problemResponse } from '../http/documents.js';
import type { TestReport } from './test-report.decision.js';
import { TestSourceHandler } from './test-source.handler.js';

const EXAMPLE: TestReport = {
  source: 'desk', isOk: true, eventId: '6d1f9c53-7a0e-5b7b-8b0c-1f2a3b4c5d6e', ticketId: '3a1f0f6e-7c0e-5f0a-9b1e-0d6a7f3c2b11',
  steps: [{ step: 'source', isOk: true, text: "The source 'desk' is there, for Standard Webhooks." }, { step: 'post', isOk: true, text: 'It was posted to /v1/sources/desk/webhooks, believed, and answered with 202.' }],
};

@ApiTags('sources')
@ApiBearerAuth('bearer')
@problemResponse(401, 'token-required')
@Controller('v1/sources')
export class TestSourceController {
  constructor(private readonly handler: TestSourceHandler) {}

  @Post(':source/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Post a test ticket to a source as its system would', description: 'Signed with the newest secret and posted over HTTP to this service. The ticket takes the whole way and says in its subject that it is a test; whoever is responsible by the rules is told of it.' })
  @ApiResponse({ status: 200, description: 'What happened, step by step; also where a step failed.', schema: { example: EXAMPLE } })
  @problemResponse(404, 'source-unknown')
  test(@Param('source') source: string, @Req() { socket }: FastifyRequest): Promise<TestReport> {
    const { localAddress = '127.0.0.1', localPort = 0, localFamily } = socket;
    return this.handler.test(source, `http://${localFamily === 'IPv6' ? `[${localAddress}]` : localAddress}:${localPort}`);
  }
}
