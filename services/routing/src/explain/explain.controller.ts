import { type CompiledMatrix, explain, factsOf } from '@handoff/matrix';
import type { Transactions } from '@handoff/messaging';
import { CLOCK, type Clock, Problem } from '@handoff/platform';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DIRECTORY_STORE, type DirectoryStore } from '../directory/directory.store.js';
import { MATRIX, TRANSACTIONS } from '../tokens.js';
import { explainRequest, ignoredPaths } from './explain.request.js';
import { keysOfQuestion, questionFrom, unknownIds } from './explain.decision.js';

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
  @ApiOperation({ summary: 'Who would be responsible, whom to contact, and why. Nothing is stored.', description: 'Everything but ticket.area is optional. Offers, subscriptions and customers are given as ids of the directory, or inline.' })
  @ApiBody({ schema: z.toJSONSchema(explainRequest, { io: 'input', target: 'openapi-3.0' }) as object, examples: { agreement: { summary: 'An agreement gives payment to the reseller', value: EXAMPLE } } })
  async explain(@Body() body: unknown): Promise<object> {
    const parsed = explainRequest.safeParse(body);
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => ({ field: `/${issue.path.join('/')}`, detail: issue.message }));
      throw new Problem(422, 'invalid-content', `The question is not valid: ${fields.map(({ field, detail }) => `${field}: ${detail}`).slice(0, 5).join('; ')}.`, { fields });
    }
    const slice = await this.transactions.run((tx) => this.directory.slice(tx, keysOfQuestion(parsed.data)));
    const unknown = unknownIds(parsed.data, slice);
    if (unknown.length > 0) throw new Problem(422, 'unknown-reference', unknown.map(({ detail }) => detail).join(' '), { fields: unknown });
    const now = this.clock.now().toISOString();
    const answer = explain(factsOf(questionFrom(parsed.data, slice, now), now), this.matrix());
    return { ...answer, ignored: ignoredPaths(body, parsed.data) };
  }
}
