import { Public } from '@handoff/platform';
import { Controller, Get, Headers, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WordsByLanguage } from '../message/texts/words.js';
import { AcknowledgeByLinkHandler, type Visit } from './acknowledge-by-link.handler.js';
import { pageOf } from './page.decision.js';
import { pageLanguageOf } from './page-language.decision.js';

export const WORDS = Symbol('WORDS');

/** The token stands in the address: neither caches, nor search engines, nor pages that are visited next shall learn it. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex', 'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
} as const;

/** Its body is a form, as browsers send it. */
export const isAcknowledgePage = (path: string): boolean => /^\/a\/[^/]+$/.test(path);

@ApiTags('acknowledge')
@Public()
@Controller('a')
export class AcknowledgePageController {
  constructor(
    private readonly handler: AcknowledgeByLinkHandler,
    @Inject(WORDS) private readonly words: WordsByLanguage,
  ) {}

  @Get(':token')
  @ApiOperation({ summary: 'The page behind the link of a message', description: 'It changes nothing.' })
  @ApiProduces('text/html')
  async show(@Param('token') token: string, @Headers('accept-language') acceptLanguage: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(reply, await this.handler.look(token), acceptLanguage);
  }

  @Post(':token')
  @ApiOperation({ summary: 'Acknowledge the ticket of the message', description: 'Once; a second time says by whom and when it was. The field `service-request` of the form has the number of a service request at Microsoft, also of a message that was acknowledged before.' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiProduces('text/html')
  async acknowledge(@Param('token') token: string, @Headers('accept-language') acceptLanguage: string | undefined, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(reply, await this.handler.acknowledge(token, { by: null, via: 'link', serviceRequestNumber: numberIn(request.body) }), acceptLanguage);
  }

  private async answer(reply: FastifyReply, visit: Visit, acceptLanguage: string | undefined): Promise<void> {
    const { status, html } = pageOf(visit, this.words[pageLanguageOf(acceptLanguage, 'language' in visit ? visit.language : null)]);
    await reply.code(status).headers({ ...HEADERS, vary: 'accept-language' }).send(html);
  }
}

function numberIn(body: unknown): string | null {
  const entered = Buffer.isBuffer(body) ? (new URLSearchParams(body.toString('utf8')).get('service-request') ?? '').trim() : '';
  return entered === '' ? null : entered;
}
