import type { Transactions } from '@handoff/messaging';
import { CLOCK, type Clock } from '@handoff/platform';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { TICKET_STATES } from '../read-model/ticket-row.js';
import { TRANSACTIONS } from '../tokens.js';
import { queueList, queuesIn } from './queue-list.decision.js';
import { QUEUE_STORE, type QueueStore } from './queue.store.js';

const MINUTE_MS = 60_000;
export const ABOUT_TO_MISS_MINUTES = Symbol('ABOUT_TO_MISS_MINUTES');

export class SeverityCountView {
  @ApiProperty({ nullable: true, enum: ['A', 'B', 'C'] }) severity!: string | null;
  @ApiProperty() tickets!: number;
}

export class StateCountView {
  @ApiProperty({ enum: TICKET_STATES }) state!: string;
  @ApiProperty() tickets!: number;
}

export class QueueView {
  @ApiProperty({ nullable: true, type: String, example: 'isv/contoso', description: 'null: received, and not decided yet' }) queue!: string | null;
  @ApiProperty({ description: 'Tickets that are not closed' }) open!: number;
  @ApiProperty({ type: [SeverityCountView], description: 'Open tickets' }) bySeverity!: readonly SeverityCountView[];
  @ApiProperty({ type: [StateCountView] }) byState!: readonly StateCountView[];
  @ApiProperty({ nullable: true, type: String, format: 'date-time', description: 'When the oldest open ticket was received' }) oldestOpenAt!: string | null;
  @ApiProperty({ description: 'Tickets that will miss their response target soon' }) aboutToMiss!: number;
  @ApiProperty({ description: 'Tickets that missed their response target, and nobody has acknowledged' }) missed!: number;
}

export class QueueList {
  @ApiProperty({ type: [QueueView] }) items!: readonly QueueView[];
}

@ApiTags('queues')
@ApiBearerAuth()
@Controller('api/queues')
export class QueuesController {
  constructor(@Inject(QUEUE_STORE) private readonly queues: QueueStore, @Inject(TRANSACTIONS) private readonly transactions: Transactions, @Inject(CLOCK) private readonly clock: Clock, @Inject(ABOUT_TO_MISS_MINUTES) private readonly aboutToMissMinutes: number) {}

  @Get()
  @ApiOperation({ summary: 'All queues with their numbers, by name' })
  @ApiOkResponse({ type: QueueList })
  async list(): Promise<QueueList> {
    const now = this.clock.now();
    const soon = new Date(now.getTime() + this.aboutToMissMinutes * MINUTE_MS);
    return this.transactions.run(async (tx) => {
      const counts = await this.queues.counts(tx);
      return { items: queueList(counts, await this.queues.urgencies(tx, queuesIn(counts), { now, soon })) };
    });
  }
}
