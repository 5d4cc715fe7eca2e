import { MayBeAbsent, Problem } from '@handoff/platform';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { type Language, LANGUAGES } from '../message/texts/words.js';
import { CHANNEL_KINDS, type ChannelKind, PURPOSES } from '../notification/notification.js';
import { type Preview, PREVIEWED_EVENTS, type Previewed, type PreviewedEvent, PreviewMessagesHandler } from './preview-messages.handler.js';
import { SAMPLE_AUDIENCES, SAMPLE_KINDS, type SampleAudience, type SampleKind } from './samples.js';

export class PreviewEvent {
  @ApiProperty({ enum: PREVIEWED_EVENTS }) @IsIn(PREVIEWED_EVENTS) type!: PreviewedEvent;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The data of such an event.' }) @IsObject() data!: Record<string, unknown>;
}

export class PreviewBody {
  @ApiPropertyOptional({ format: 'uuid', description: 'The message of this notification.' }) @MayBeAbsent() @IsUUID('all') notificationId?: string;
  @ApiPropertyOptional({ type: PreviewEvent, description: 'The messages that this event would lead to.' }) @MayBeAbsent() @IsObject() @ValidateNested() @Type(() => PreviewEvent) event?: PreviewEvent;
  @ApiPropertyOptional({ example: 'isv/contoso', description: 'With `event`: only what goes to this destination.' }) @MayBeAbsent() @IsString() @MaxLength(256) destination?: string;
  @ApiPropertyOptional({ enum: SAMPLE_KINDS, default: 'act.new', description: 'A message of this kind about a made-up ticket.' }) @MayBeAbsent() @IsIn(SAMPLE_KINDS) kind?: SampleKind;
  @ApiPropertyOptional({ enum: SAMPLE_AUDIENCES, default: 'publisher', description: 'With `kind`: who would read it.' }) @MayBeAbsent() @IsIn(SAMPLE_AUDIENCES) audience?: SampleAudience;
  @ApiPropertyOptional({ enum: CHANNEL_KINDS, description: 'Absent: that of the notification, else mail.' }) @MayBeAbsent() @IsIn(CHANNEL_KINDS) channel?: ChannelKind;
  @ApiPropertyOptional({ enum: LANGUAGES, description: 'Absent: that of the contact.' }) @MayBeAbsent() @IsIn(LANGUAGES) language?: Language;
}

export class PreviewView {
  @ApiProperty({ example: 'isv/contoso' }) destination!: string;
  @ApiProperty({ type: String, nullable: true }) partyName!: string | null;
  @ApiProperty({ enum: PURPOSES }) purpose!: string;
  @ApiProperty({ enum: CHANNEL_KINDS }) channel!: ChannelKind;
  @ApiProperty({ enum: LANGUAGES }) language!: Language;
  @ApiProperty() subject!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Of mail, and of a ticket that would be opened.' }) text!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Of mail.' }) html!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: 'What is posted: the card, the blocks, or the payload.' }) json!: Readonly<Record<string, unknown>> | null;
}

export class PreviewList {
  @ApiProperty({ type: [PreviewView] }) items!: readonly PreviewView[];
}

@ApiTags('messages')
@Controller('v1/message-previews')
export class MessagePreviewsController {
  constructor(private readonly handler: PreviewMessagesHandler) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Messages as contacts read them', description: 'Of a notification, of an event, or of a made-up ticket. Nothing is sent. The link to acknowledge opens nothing.' })
  @ApiResponse({ status: 200, type: PreviewList })
  async preview(@Body() body: PreviewBody): Promise<PreviewList> {
    const items: readonly Preview[] = await this.handler.handle(previewedOf(body), { channel: body.channel ?? null, language: body.language ?? null });
    return { items };
  }
}

/** @throws Problem 422 `invalid-content` where it names more than one thing to show. */
function previewedOf({ notificationId, event, destination, kind, audience }: PreviewBody): Previewed {
  const sample = kind ?? audience;
  if ([notificationId, event, sample].filter((given) => given !== undefined).length > 1) throw unclear('/notificationId', 'name one of notificationId, event and kind');
  if (destination !== undefined && event === undefined) throw unclear('/destination', 'goes with event only');
  if (notificationId !== undefined) return { notificationId };
  return event === undefined ? { kind: kind ?? 'act.new', audience: audience ?? 'publisher' } : { event, destination: destination ?? null };
}

function unclear(field: string, detail: string): Problem {
  return new Problem(422, 'invalid-content', 'It is not clear what is to be shown.', { fields: [{ field, detail }] });
}
