import type { Transactions } from '@handoff/messaging';
import { CLOCK, type Clock, IsInstant, Problem } from '@handoff/platform';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, IsTimeZone, MaxLength } from 'class-validator';
import { TRANSACTIONS } from '../tokens.js';
import type { Scope } from '../read-model/measure.decision.js';
import { hoursOf, type Overview, overviewOf, PERIOD_DAYS_MAX, stepOf, wholeHours } from './overview.decision.js';
import { type Overdue, OVERVIEW_STORE, type OverviewStore, type Period } from './overview.store.js';

const PARTIES_SHOWN = 50;
const DAY_HOURS = 24;

export class OverviewQuery {
  @ApiProperty({ format: 'date-time', description: 'Tickets received from then on; whole hours' }) @IsInstant() from!: string;
  @ApiProperty({ format: 'date-time', description: 'Tickets received before' }) @IsInstant() to!: string;
  @ApiPropertyOptional({ default: 'UTC', example: 'Europe/Istanbul', description: 'Time zone of the days' }) @IsOptional() @IsTimeZone() zone?: string;
  @ApiPropertyOptional({ example: 'isv/contoso', description: 'Total and series of this queue alone; empty: not decided yet' }) @IsOptional() @IsString() @MaxLength(256) queue?: string;
  @ApiPropertyOptional({ example: 'partner/1001', description: 'Total and series of the tickets whose decision names this party' }) @IsOptional() @IsString() @MaxLength(256) partner?: string;
}

export class DurationsView {
  @ApiProperty({ description: 'Of which the duration is known' }) tickets!: number;
  @ApiProperty({ nullable: true, type: Number, description: 'Half of them took no longer. Estimated from classes' }) medianMs!: number | null;
  @ApiProperty({ nullable: true, type: Number, description: '95 of 100 took no longer' }) p95Ms!: number | null;
}

export class TargetsView {
  @ApiProperty({ description: 'First waits for an answer that ended within their response target' }) met!: number;
  @ApiProperty({ description: 'Those that ended after it' }) missed!: number;
}

export class MeasuresView {
  @ApiProperty() tickets!: number;
  @ApiProperty({ type: DurationsView, description: 'From receipt to the first decision' }) routed!: DurationsView;
  @ApiProperty({ type: DurationsView, description: 'From the first decision to the first message that was delivered' }) delivered!: DurationsView;
  @ApiProperty({ type: DurationsView, description: 'From receipt to the first acknowledgement' }) acknowledged!: DurationsView;
  @ApiProperty({ type: TargetsView }) targets!: TargetsView;
}

export class TotalView extends MeasuresView {
  @ApiProperty({ description: 'Still unanswered after their response target' }) overdue!: number;
}

export class SlotView extends MeasuresView {
  @ApiProperty({ format: 'date-time', description: 'When the hour or day begins' }) at!: string;
}

export class PartyView extends TotalView {
  @ApiProperty({ example: 'isv/contoso', description: 'Empty: not decided yet' }) key!: string;
}

export class OverviewView {
  @ApiProperty({ format: 'date-time' }) from!: string;
  @ApiProperty({ format: 'date-time' }) to!: string;
  @ApiProperty({ enum: ['hour', 'day'], description: 'Up to three days hour by hour, more day by day' }) step!: string;
  @ApiProperty({ type: TotalView }) total!: TotalView;
  @ApiProperty({ type: [SlotView], description: 'Every hour or day, by when tickets were received' }) series!: readonly SlotView[];
  @ApiProperty({ type: [PartyView], description: 'The 50 queues with the most tickets' }) queues!: readonly PartyView[];
  @ApiProperty({ type: [PartyView], description: 'The 50 partners and publishers with the most tickets whose decision names them' }) partners!: readonly PartyView[];
}

@ApiTags('overview')
@ApiBearerAuth()
@Controller('api/overview')
export class OverviewController {
  constructor(@Inject(OVERVIEW_STORE) private readonly store: OverviewStore, @Inject(TRANSACTIONS) private readonly transactions: Transactions, @Inject(CLOCK) private readonly clock: Clock) {}

  @Get()
  @ApiOperation({ summary: 'What became of the tickets that were received in a period: how many, how fast, and whether targets were met' })
  @ApiOkResponse({ type: OverviewView })
  async show(@Query() { from, to, zone = 'UTC', queue, partner }: OverviewQuery): Promise<Overview> {
    const period = wholeHours({ from, to });
    refuseUnlessShowable({ from, to }, period);
    if (queue !== undefined && partner !== undefined) throw new Problem(422, 'invalid-content', 'An overview is of a queue or of a partner, not of both.', { fields: [{ field: 'partner', detail: "Leave it out, or 'queue'." }] });
    const of = queue !== undefined ? { scope: 'queue', key: queue } as const : partner !== undefined ? { scope: 'partner', key: partner } as const : { scope: 'all', key: '' } as const;
    return this.transactions.run(async (tx) => {
      await this.store.begin(tx);
      const slots = await this.store.slots(tx, of, period, { step: stepOf(period), zone });
      const queues = await this.store.keys(tx, 'queue', period, PARTIES_SHOWN);
      const partners = await this.store.keys(tx, 'partner', period, PARTIES_SHOWN);
      const ofLate = await this.store.overdueOfLate(tx, period, this.clock.now());
      return overviewOf(period, { slots, queues, partners, ofLate, ofLateHere: countOf(ofLate, of) });
    });
  }
}

function refuseUnlessShowable(asked: Period, period: Period): void {
  if (Date.parse(asked.to) <= Date.parse(asked.from)) throw new Problem(422, 'invalid-content', 'The period ends before it begins.', { fields: [{ field: 'to', detail: "Give a time after 'from'." }] });
  if (hoursOf(period) > PERIOD_DAYS_MAX * DAY_HOURS) throw new Problem(422, 'invalid-content', `An overview is of ${PERIOD_DAYS_MAX} days at most.`, { fields: [{ field: 'from', detail: `Give a time within ${PERIOD_DAYS_MAX} days before 'to'.` }] });
}

function countOf(overdue: Overdue, { scope, key }: { readonly scope: Scope; readonly key: string }): number {
  switch (scope) {
    case 'all': return overdue.all;
    case 'queue': return overdue.byQueue.get(key) ?? 0;
    case 'partner': return overdue.byPartner.get(key) ?? 0;
  }
}
