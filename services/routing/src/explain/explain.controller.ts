import { type CompiledMatrix, explain, factsOf, LANGUAGES } from '@handoff/matrix';
import type { Transaction, Transactions } from '@handoff/messaging';
import { CLOCK, type Clock, Problem } from '@handoff/platform';
import { Body, Controller, Headers, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { DirectorySlice } from '../directory/directory.js';
import { DIRECTORY_STORE, type DirectoryStore } from '../directory/directory.store.js';
import { MATRIX, TRANSACTIONS } from '../tokens.js';
import { type ExplainBody, explainRequest, ignoredPaths } from './explain.request.js';
import { keysOfQuestion, questionFrom, unknownIds } from './explain.decision.js';
import { inLanguageOf } from './language.js';

const EXAMPLE = {
  ticket: { area: 'payment', severity: 'B', asker: 'customer', at: '2026-11-01T09:00:00Z', cloud: 'public' },
  offer: { id: 'contoso-crm', publisherId: 'contoso', ownership: 'third-party', kind: 'saas', contacts: { customerSupport: { url: 'https://support.contoso.example' } } },
  subscription: { channel: 'csp', partner: { model: 'indirect', providerId: '1001', resellerId: '2002' } },
  agreements: [{ providerId: '1001', resellerId: '2002', from: '2026-01-01', to: null, entries: [{ area: 'payment', assignedTo: 'reseller' }] }],
};

@ApiTags('explain')
@ApiBearerAuth()
@Controller('v1/explain')
export class ExplainController {
  constructor(
    @Inject(MATRIX) private readonly matrix: () => CompiledMatrix,
    @Inject(DIRECTORY_STORE) private readonly directory: DirectoryStore,
    @Inject(TRANSACTIONS) private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Who would be responsible, whom to contact, and why. Nothing is stored.', description: 'Everything but ticket.area is optional. Offers, subscriptions and customers are given as ids of the directory, or inline. asOf asks by the directory as it was then.' })
  @ApiBody({ schema: z.toJSONSchema(explainRequest, { io: 'input', target: 'openapi-3.0' }) as object, examples: { agreement: { summary: 'An agreement gives payment to the reseller', value: EXAMPLE } } })
  @ApiQuery({ name: 'language', required: false, enum: [...LANGUAGES], description: 'Of the sentences; else the first of Accept-Language that there is, else English' })
  async explain(@Body() body: unknown, @Query('language') language?: string, @Headers('accept-language') acceptLanguage?: string): Promise<object> {
    const parsed = explainRequest.safeParse(body);
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => ({ field: `/${issue.path.join('/')}`, detail: issue.message }));
      throw new Problem(422, 'invalid-content', `The question is not valid: ${fields.map(({ field, detail }) => `${field}: ${detail}`).slice(0, 5).join('; ')}.`, { fields });
    }
    const slice = await this.transactions.run((tx) => this.sliceFor(tx, parsed.data));
    const unknown = unknownIds(parsed.data, slice);
    if (unknown.length > 0) throw new Problem(422, 'unknown-reference', unknown.map(({ detail }) => detail).join(' '), { fields: unknown });
    const now = parsed.data.asOf ?? this.clock.now().toISOString();
    const answer = explain(factsOf(questionFrom(parsed.data, slice, now), now), this.matrix());
    return { ...inLanguageOf(answer, { language, acceptLanguage }), ignored: ignoredPaths(body, parsed.data) };
  }

  private sliceFor(tx: Transaction, question: ExplainBody): Promise<DirectorySlice> {
    const keys = keysOfQuestion(question);
    return question.asOf == null ? this.directory.slice(tx, keys) : this.directory.sliceAt(tx, keys, question.asOf);
  }
}
