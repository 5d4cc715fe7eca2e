import { SEVERITIES } from '@handoff/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { TICKET_STATES } from '../read-model/ticket-row.js';
import { TICKET_SORTS } from './ticket-list.store.js';
import { ENTRY_KINDS } from './timeline-entry.decision.js';

export class PageQuery {
  @ApiPropertyOptional({ description: '`next` of the page before' }) @IsOptional() @IsString() @MaxLength(1_024) cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

const IDS_MAX = 100;

export class TicketsQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, example: 'bd0e7955-36b2-5ea4-a018-e82fb39e22f3', description: `These tickets alone, whatever their state: up to ${IDS_MAX} ids with commas between them` }) @IsOptional() @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase().split(',') : value)) @IsUUID(undefined, { each: true }) @ArrayMaxSize(IDS_MAX) ids?: string[];
  @ApiPropertyOptional({ example: 'isv/contoso', description: 'Empty: received, and not decided yet' }) @IsOptional() @IsString() @MaxLength(256) queue?: string;
  @ApiPropertyOptional({ enum: TICKET_STATES, description: 'Without it all that are not closed' }) @IsOptional() @IsIn(TICKET_STATES) state?: (typeof TICKET_STATES)[number];
  @ApiPropertyOptional({ enum: SEVERITIES }) @IsOptional() @IsIn(SEVERITIES) severity?: (typeof SEVERITIES)[number];
  @ApiPropertyOptional({ example: 'partner/1001', description: 'Tickets whose decision names this party' }) @IsOptional() @IsString() @MaxLength(256) partner?: string;
  @ApiPropertyOptional({ example: 'contoso-crm' }) @IsOptional() @IsString() @MaxLength(256) offer?: string;
  @ApiPropertyOptional({ example: 'outage-7', description: 'Tickets that belong to this outage' }) @IsOptional() @IsString() @MaxLength(256) attachedTo?: string;
  @ApiPropertyOptional({ type: Boolean, description: 'true: only tickets of which a message failed or is held back' }) @IsOptional() @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value)) @IsBoolean() isUndelivered?: boolean;
  @ApiPropertyOptional({ example: 'sign fabrikam', description: 'Words, or their beginnings, of subject, ids, customer and offer; all must be there' }) @IsOptional() @IsString() @MaxLength(256) text?: string;
  @ApiPropertyOptional({ enum: TICKET_SORTS, default: 'changed', description: 'changed: the last changed first. opened: the oldest first. severity: the worst first. due: the nearest response target first' }) @IsOptional() @IsIn(TICKET_SORTS) sort?: (typeof TICKET_SORTS)[number];
}

export class ShownTicketView {
  @ApiProperty({ format: 'uuid' }) ticketId!: string;
  @ApiProperty({ description: '0: not decided yet' }) ticketVersion!: number;
  @ApiProperty({ example: 'jira-demo' }) source!: string;
  @ApiProperty({ example: 'SUP-12' }) externalId!: string;
  @ApiProperty({ nullable: true, type: String }) externalUrl!: string | null;
  @ApiProperty({ nullable: true, type: String }) subject!: string | null;
  @ApiProperty({ nullable: true, enum: SEVERITIES }) severity!: string | null;
  @ApiProperty({ nullable: true, type: String }) area!: string | null;
  @ApiProperty({ nullable: true, type: String }) offerId!: string | null;
  @ApiProperty({ nullable: true, type: String }) customerId!: string | null;
  @ApiProperty({ nullable: true, type: String, example: 'isv/contoso', description: 'null: not decided yet' }) queue!: string | null;
  @ApiProperty({ enum: TICKET_STATES }) state!: string;
  @ApiProperty({ nullable: true, type: Object }) responsible!: object | null;
  @ApiProperty({ type: [String], description: 'Destinations that have it now: who acknowledged, else who was asked last' }) hasIt!: readonly string[];
  @ApiProperty({ type: [String], description: 'Partners and publishers that the decision names' }) partners!: readonly string[];
  @ApiProperty({ nullable: true, type: String, format: 'date-time', description: 'The response target' }) acknowledgeBy!: string | null;
  @ApiProperty({ nullable: true, type: String, format: 'date-time', description: 'The same, while somebody is waited for' }) dueAt!: string | null;
  @ApiProperty({ nullable: true, type: String, format: 'date-time' }) acknowledgedAt!: string | null;
  @ApiProperty({ nullable: true, type: String }) acknowledgedBy!: string | null;
  @ApiProperty({ nullable: true, type: String, example: 'reminder' }) escalationStep!: string | null;
  @ApiProperty({ nullable: true, type: String, format: 'date-time' }) nextStepAt!: string | null;
  @ApiProperty({ nullable: true, type: String, description: 'The outage that it belongs to' }) attachedTo!: string | null;
  @ApiProperty({ description: 'Messages about it that failed or are held back' }) undelivered!: number;
  @ApiProperty({ format: 'date-time', description: 'When it was received first' }) openedAt!: string;
  @ApiProperty({ format: 'date-time' }) changedAt!: string;
}

export class ShownTicketList {
  @ApiProperty({ type: [ShownTicketView] }) items!: readonly ShownTicketView[];
  @ApiProperty({ nullable: true, type: String }) next!: string | null;
}

export class TimelineEntryView {
  @ApiProperty() eventId!: string;
  @ApiProperty({ enum: ENTRY_KINDS }) kind!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ nullable: true, type: Number, description: 'null: not decided yet' }) ticketVersion!: number | null;
  @ApiProperty({ description: 'What happened, in a sentence' }) text!: string;
  @ApiProperty({ type: [Object], description: 'Why, for a decision' }) reasons!: readonly object[];
  @ApiProperty({ type: Object, description: 'The data of the event' }) data!: object;
}

export class TimelineView {
  @ApiProperty({ type: [TimelineEntryView], description: 'The newest first' }) items!: readonly TimelineEntryView[];
  @ApiProperty({ nullable: true, type: String, description: 'Pass it as `cursor` for what was before' }) next!: string | null;
}

export class TicketWithTimelineView extends ShownTicketView {
  @ApiProperty({ type: TimelineView }) timeline!: TimelineView;
}
