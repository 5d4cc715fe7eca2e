import { isUuid } from '@handoff/contracts';
import { type CompiledMatrix, explain, LANGUAGES } from '@handoff/matrix';
import type { Transaction, Transactions } from '@handoff/messaging';
import { Problem } from '@handoff/platform';
import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { DIRECTORY_STORE, type DirectoryStore } from '../directory/directory.store.js';
import { keysOf } from '../route-ticket/question.decision.js';
import { isOtherDecision } from '../route-ticket/recipients.decision.js';
import { answerTicket } from '../route-ticket/route-ticket.decision.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import { TICKET_STORE, type TicketStore } from '../tickets/ticket.store.js';
import { FORMER_MATRIX, TRANSACTIONS } from '../tokens.js';
import { inLanguageOf } from './language.js';

/** A version of the matrix that decided once; `null` where it cannot be used any more. */
export type FormerMatrix = (tx: Transaction, version: string) => Promise<CompiledMatrix | null>;

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class ExplainTicketController {
  constructor(
    @Inject(TICKET_STORE) private readonly tickets: TicketStore,
    @Inject(DIRECTORY_STORE) private readonly directory: DirectoryStore,
    @Inject(TRANSACTIONS) private readonly transactions: Transactions,
    @Inject(FORMER_MATRIX) private readonly matrix: FormerMatrix,
  ) {}

  @Get(':id/explanation')
  @ApiOperation({
    summary: 'Why a ticket lies where it lies: its newest decision, with every row of the matrix that was looked at',
    description: 'Decided once more by the version of the matrix and the directory of that moment. isAsDecided says whether this is what was decided then.',
  })
  @ApiQuery({ name: 'language', required: false, enum: [...LANGUAGES], description: 'Of the sentences; else the first of Accept-Language that there is, else English' })
  async explain(@Param('id') id: string, @Query('language') language?: string, @Headers('accept-language') acceptLanguage?: string): Promise<object> {
    const explained = isUuid(id) ? await this.transactions.run((tx) => this.explanationOf(tx, id.toLowerCase())) : null;
    if (explained === null) throw new Problem(404, 'ticket-unknown', `There is no ticket '${id.slice(0, 64)}' with a decision.`);
    return inLanguageOf(explained, { language, acceptLanguage });
  }

  private async explanationOf(tx: Transaction, ticketId: string) {
    const ticket = await this.tickets.find(tx, ticketId);
    const newest = ticket === null ? undefined : (await this.tickets.decisionsOf(tx, ticketId)).at(-1);
    if (ticket === null || newest === undefined) return null;
    const { decidedAt, decision: decided, ticketVersion } = newest;
    const matrix = await this.matrix(tx, decided.matrixVersion);
    if (matrix === null) throw new Problem(409, 'matrix-version-unusable', `The ticket was decided by version '${decided.matrixVersion}' of the matrix, which this version of Handoff cannot use. Its reasons stand in GET /v1/tickets/${ticketId}.`);
    const known = withDefaults(ticket.state);
    const directory = await this.directory.sliceAt(tx, keysOf([known]), decidedAt);
    const { decision } = answerTicket((facts) => explain(facts, matrix), { known, directory, times: { occurredAt: known.occurredAt, receivedAt: decidedAt }, now: decidedAt });
    return { ...decision, ticketId, ticketVersion, decidedAt, isAsDecided: !isOtherDecision(decided, decision) };
  }
}
