import { AREA_BASES, GAP_KINDS, isUuid } from '@handoff/contracts';
import type { Transactions } from '@handoff/messaging';
import { refusingCursors } from '@handoff/platform';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { TRANSACTIONS } from '../tokens.js';
import { withDefaults } from './merge-ticket.decision.js';
import { ticketParked, ticketUnknown } from './refuse-ticket.js';
import type { Ticket, TicketState } from './ticket.js';
import { TICKET_STORE, type TicketStore } from './ticket.store.js';

export class TicketListQuery {
  @ApiPropertyOptional({ example: 'jira-demo' }) @IsOptional() @IsString() @MaxLength(256) source?: string;
  @ApiPropertyOptional({ example: 'SUP-12' }) @IsOptional() @IsString() @MaxLength(256) externalId?: string;
  @ApiPropertyOptional({ example: 'isv/contoso' }) @IsOptional() @IsString() @MaxLength(256) queue?: string;
  @ApiPropertyOptional({ description: 'Whether the response target is missed and nobody has acknowledged', type: Boolean }) @IsOptional() @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)) @IsBoolean() isOverdue?: boolean;
  @ApiPropertyOptional({ description: '`next` of the page before' }) @IsOptional() @IsString() @MaxLength(512) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

export class GapView {
  @ApiProperty({ example: 'offer-unknown' }) code!: string;
  @ApiProperty({ enum: GAP_KINDS }) kind!: string;
  @ApiProperty({ description: 'Id of the entry, or the field of the ticket', example: 'contoso-crm' }) key!: string;
  @ApiProperty({ description: 'Where the ticket lies meanwhile', example: 'unassigned' }) queue!: string;
  @ApiProperty() reason!: string;
  @ApiProperty({ description: 'What to enter, and where' }) remedy!: string;
}

export class TicketView {
  @ApiProperty({ format: 'uuid' }) ticketId!: string;
  @ApiProperty() ticketVersion!: number;
  @ApiProperty({ example: 'jira-demo' }) source!: string;
  @ApiProperty({ example: 'SUP-12' }) externalId!: string;
  @ApiProperty({ nullable: true, type: String, example: 'break-fix' }) area!: string | null;
  @ApiProperty({ nullable: true, enum: AREA_BASES, description: 'Who said the area' }) areaBasis!: string | null;
  @ApiProperty({ example: 'isv/contoso' }) queue!: string;
  @ApiProperty({ type: [GapView], description: 'What the decision lacked; the ticket is routed again by itself when the directory learns it' }) gaps!: GapView[];
  @ApiProperty({ nullable: true, type: String, format: 'date-time', description: 'By when whoever acts is to acknowledge; null where nobody is waited for or no target is known' }) acknowledgeBy!: string | null;
  @ApiProperty({ nullable: true, type: Object, description: 'Who was asked, who acknowledged, the steps that were taken because nobody had, and what comes next' }) response!: object | null;
  @ApiProperty({ nullable: true, type: Object, description: 'The service request at Microsoft that was opened for it: its number, whose it is, and its status in Partner Center' }) serviceRequest!: object | null;
  @ApiProperty({ nullable: true, type: Object, description: 'Where a person moved it, and why, as long as that holds' }) reassigned!: object | null;
  @ApiProperty({ nullable: true, type: Object, description: 'The outage that a person attached it to or detached it from (`isAttached`), and why' }) noticeWord!: object | null;
  @ApiProperty({ description: 'Who must act, whom to contact, and why' }) decision!: object;
}

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class TicketsController {
  constructor(@Inject(TICKET_STORE) private readonly tickets: TicketStore, @Inject(TRANSACTIONS) private readonly transactions: Transactions) {}

  @Get()
  @ApiOperation({ summary: 'Tickets, the last changed first' })
  async list(@Query() query: TicketListQuery): Promise<{ items: object[]; next: string | null }> {
    const page = await refusingCursors(() => this.transactions.run((tx) => this.tickets.list(tx, { ...query, limit: query.limit ?? 50 })));
    return { items: page.items.map(viewOf), next: page.next };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A ticket with its decisions, and why' })
  @ApiOkResponse({ type: TicketView })
  async find(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    if (!isUuid(id)) throw ticketUnknown(id);
    return this.transactions.run(async (tx) => {
      const ticket = await this.tickets.find(tx, id.toLowerCase());
      const parked = await this.tickets.parkedOf(tx, id.toLowerCase());
      if (ticket === null) throw parked.length > 0 ? ticketParked(id, parked[0]?.detail ?? '') : ticketUnknown(id);
      void reply.header('etag', `"${ticket.version}"`);
      const decisions = await this.tickets.decisionsOf(tx, id.toLowerCase());
      const replies = await this.tickets.repliesOf(tx, id.toLowerCase());
      return { ...viewOf(ticket), decisions: decisions.map(({ ticketVersion, eventId, change, cause, decidedAt, decision }) => ({ ticketVersion, eventId, change, cause: cause ?? null, decidedAt, queue: decision.queue, decision })), replies: replies.map(({ ticketId: _ticketId, ...reply }) => reply), parked };
    });
  }
}

export function viewOf({ state: told, version, decision, decidedAt, response, createdAt, updatedAt }: Ticket): object {
  const state = withDefaults(told);
  return {
    ticketId: state.ticketId, ticketVersion: version, source: state.source, externalId: state.externalId, externalUrl: state.externalUrl,
    subject: state.subject ?? null, description: state.description ?? null, status: state.status ?? null, isClosed: state.isClosed,
    area: state.area ?? null, areaBasis: state.areaBasis ?? null, classifiedBy: classifiedBy(state), severity: state.severity ?? null, asker: state.asker ?? 'customer', offerId: state.offerId ?? null,
    customerId: state.customerId ?? null, subscriptionId: state.subscriptionId ?? null, queue: decision.queue, gaps: decision.gaps ?? [], acknowledgeBy: response?.acknowledgeBy ?? null, response: response ?? null, serviceRequest: state.serviceRequest ?? null, reassigned: reassignedOf(state), noticeWord: noticeWordOf(state), decision, createdAt, updatedAt, decidedAt,
  };
}

/** Who moved the ticket, where to and why, as long as that holds. */
function reassignedOf({ reassigned }: TicketState): object | null {
  if (reassigned === undefined) return null;
  const { over: _over, ...said } = reassigned;
  return said;
}

/** What a person said of the ticket and an outage. */
function noticeWordOf({ noticeWord }: TicketState): object | null {
  return noticeWord ?? null;
}

/** The person who said the area, and when and why. */
function classifiedBy({ personsWord }: TicketState): object | null {
  if (personsWord === undefined) return null;
  const { over: _over, ...said } = personsWord;
  return said;
}
