import { type EventType, type Topic, TOPICS } from '@handoff/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

const TYPES = Object.values<Topic>(TOPICS).flatMap(({ types }) => types);

export class LiveQuery {
  @ApiPropertyOptional({ description: 'As the header Last-Event-ID, which a page cannot set' }) @IsOptional() @IsString() @MaxLength(64) lastEventId?: string;
}

export class EventsQuery {
  @ApiPropertyOptional({ description: '`next` of the page before, or the id of an event of the stream. Without it pages begin at the beginning, and a stream with what happens from now on' }) @IsOptional() @IsString() @MaxLength(64) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: 1_000, default: 100, description: 'Of a page' }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(1_000) limit?: number;
  @ApiPropertyOptional({ type: String, example: 'handoff.ticket.routed.v1', description: 'These types alone, with commas between them' }) @IsOptional() @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value)) @IsIn(TYPES, { each: true }) types?: EventType[];
}

export class EventPage {
  @ApiProperty({ type: [Object], description: 'CloudEvents 1.0 in JSON' }) items!: readonly object[];
  @ApiProperty({ description: 'Pass it as `cursor` for what comes behind these; it is there at the end of the log as well' }) next!: string;
  @ApiProperty({ description: 'There are no more events for now' }) isEnd!: boolean;
}
