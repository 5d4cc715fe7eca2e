import type { Transactions } from '@handoff/messaging';
import { CLOCK, type Clock } from '@handoff/platform';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { TRANSACTIONS } from '../tokens.js';
import { queueTrends, trendStart } from './queue-trend.decision.js';
import { QUEUE_TREND_STORE, type QueueTrendStore } from './queue-trend.store.js';

export class QueueTrendView {
  @ApiProperty({ nullable: true, type: String, example: 'isv/contoso', description: 'null: received, and not decided yet' }) queue!: string | null;
  @ApiProperty({ type: [Number], description: 'Tickets received in each of the 24 hours that lie in the queue' }) received!: readonly number[];
  @ApiProperty({ type: [Number], description: 'Tickets of the queue that were closed in each of the 24 hours' }) finished!: readonly number[];
}

export class QueueTrendList {
  @ApiProperty({ format: 'date-time', description: 'When the first hour begins; the last is the one that runs' }) from!: string;
  @ApiProperty({ type: [QueueTrendView], description: 'Queues with anything in these hours' }) items!: readonly QueueTrendView[];
}

@ApiTags('queues')
@ApiBearerAuth()
@Controller('api/queue-trends')
export class QueueTrendsController {
  constructor(@Inject(QUEUE_TREND_STORE) private readonly store: QueueTrendStore, @Inject(TRANSACTIONS) private readonly transactions: Transactions, @Inject(CLOCK) private readonly clock: Clock) {}

  @Get()
  @ApiOperation({ summary: 'What came into each queue and was finished there in the last 24 hours, by hour' })
  @ApiOkResponse({ type: QueueTrendList })
  async list(): Promise<QueueTrendList> {
    const start = trendStart(this.clock.now());
    const hours = await this.transactions.run((tx) => this.store.hoursSince(tx, start));
    return { from: start.toISOString(), items: queueTrends(hours, start) };
  }
}
