import { Public } from '@handoff/platform';
import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { signInPage } from './sign-in-page.js';
import { Sessions } from './sessions.js';
import { SignInHandler } from './sign-in.handler.js';

export const CONSOLE_URL = Symbol('CONSOLE_URL');
const NAME_CHARS_MAX = 100;
const CODE_CHARS_MAX = 128;

export class SignInLinkBody {
  @ApiProperty({ description: 'Who will use it; the story of a ticket names this person.', maxLength: NAME_CHARS_MAX, example: 'ada' }) @IsString() @MinLength(1) @MaxLength(NAME_CHARS_MAX) name!: string;
}

export class SignInLinkView {
  @ApiProperty({ example: 'http://127.0.0.1:8080/sign-in?code=…' }) url!: string;
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
}

export class SessionView {
  @ApiProperty({ type: String, nullable: true, description: 'null: a program, by the bearer token' }) name!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' }) expiresAt!: string | null;
}

@ApiTags('sign-in')
@ApiBearerAuth()
@Controller()
export class SignInController {
  constructor(private readonly handler: SignInHandler, private readonly sessions: Sessions, @Inject(CONSOLE_URL) private readonly consoleUrl: string) {}

  @Post('v1/sign-in-links')
  @ApiOperation({ summary: 'Makes a link that signs a browser in, once and within half an hour' })
  @ApiCreatedResponse({ type: SignInLinkView })
  async makeLink(@Body() { name }: SignInLinkBody): Promise<SignInLinkView> {
    const { secret, expiresAt } = await this.handler.makeLink(name);
    return { url: `${this.consoleUrl}/sign-in?code=${secret}`, expiresAt: expiresAt.toISOString() };
  }

  @Public()
  @Get('sign-in')
  @ApiOperation({ summary: 'Where such a link leads: it begins a session and goes on to the page' })
  async signIn(@Query('code') code: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = typeof code === 'string' && code !== '' && code.length <= CODE_CHARS_MAX ? await this.handler.signIn(code) : null;
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    if (session !== null) {
      void reply.header('set-cookie', this.sessions.cookie.set(session.secret, Math.floor((session.expiresAt.getTime() - Date.now()) / 1_000)));
      return void (await reply.redirect('/', 303));
    }
    // Opened once more, as from the history, it leads a person who is signed in to the page all the same.
    if ((await this.sessions.find(request)) !== null) return void (await reply.redirect('/', 303));
    await reply.status(401).type('text/html; charset=utf-8').send(signInPage());
  }

  @Get('api/session')
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ type: SessionView })
  show(@Req() request: FastifyRequest): SessionView {
    const session = this.sessions.of(request);
    return { name: session?.name ?? null, expiresAt: session?.expiresAt.toISOString() ?? null };
  }

  @Delete('api/session')
  @HttpCode(204)
  @ApiOperation({ summary: 'Signs out: the session ends at once, wherever it is used' })
  @ApiNoContentResponse()
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const session = this.sessions.of(request);
    if (session !== null) await this.handler.signOut(session.hash);
    void reply.header('set-cookie', this.sessions.cookie.clear());
  }
}
