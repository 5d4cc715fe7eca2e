import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, Public } from '@handoff/platform';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pageFileOf } from './page-file.decision.js';

export const PAGE_DIR = Symbol('PAGE_DIR');

/** The page is public: it shows nothing until its calls are let in. */
@ApiExcludeController()
@Controller()
export class PageController {
  constructor(@Inject(PAGE_DIR) private readonly pageDir: string) {}

  @Public()
  @Get('*')
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const path = request.url.split('?')[0] ?? '';
    const found = pageFileOf(path);
    if (found === null) throw new Problem(404, 'not-found', `There is no ${path.slice(0, 256)}. /docs describes what there is.`);
    if (!existsSync(join(this.pageDir, 'index.html'))) throw new Problem(503, 'page-not-built', 'The page of the console is not built. Run: npm run build:page -w services/console');
    reply.header('cache-control', found.cacheControl).sendFile(found.file, this.pageDir, { cacheControl: false });
  }
}
