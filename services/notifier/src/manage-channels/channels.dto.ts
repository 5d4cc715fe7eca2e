import { MayBeAbsent } from '@handoff/platform';
import { ApiProperty, ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { type SystemName, TICKETING_SYSTEMS } from '../channels/ticketing/ticketing-system.js';
import { SIGNATURES, type SignatureVersion } from '../channels/webhook/signature.js';
import type { CredentialsShown } from './channel-credentials.js';
import { CHANNEL_KINDS, type ChannelKind, type Purpose, PURPOSES } from '../notification/notification.js';

const LIMIT_MAX = 200;
const MESSAGES_PER_MINUTE_MAX = 60_000;
const SOURCE_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const DESTINATION = /^((isv|partner|microsoft)\/[^\s/]{1,200}|source\/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?|operations)$/;

export class CreateChannel {
  @ApiProperty({ example: 'isv/contoso', description: 'A queue: isv/<publisher>, partner/<partner> or microsoft/<area>; source/<source>, for notes in the system that its tickets come from; or operations, for those who look after the installation.' })
  @IsString() @Matches(DESTINATION, { message: 'destination must be isv/<publisher>, partner/<partner>, microsoft/<area>, source/<source> or operations' })
  destination!: string;

  @ApiProperty({ enum: CHANNEL_KINDS }) @IsIn(CHANNEL_KINDS)
  kind!: ChannelKind;

  @ApiPropertyOptional({ description: 'For mail: one address.', example: 'support@contoso.example' }) @MayBeAbsent() @IsString() @MaxLength(320)
  address?: string;

  @ApiPropertyOptional({ description: 'For webhook, teams and slack: http or https. The URL of a chat is a secret, and is not shown again. For ticketing: the base URL of the system.', example: 'https://contoso.example/handoff' }) @MayBeAbsent() @IsString() @MaxLength(2_048)
  url?: string;

  @ApiPropertyOptional({ enum: TICKETING_SYSTEMS, description: 'For ticketing: the system in which tickets are opened.' }) @MayBeAbsent() @IsIn(TICKETING_SYSTEMS)
  system?: SystemName;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'For ticketing: the name of the source through which news of its tickets comes back; null: none.', example: 'contoso-desk' }) @IsOptional() @IsString() @Matches(SOURCE_NAME, { message: 'source must be the name of a source' })
  source?: string | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'For ticketing: how tickets are opened, as the system has it; replaced as a whole.', example: {} }) @MayBeAbsent() @IsObject()
  settings?: Record<string, unknown>;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'With what Handoff shows who it is; replaced as a whole. For ticketing: what its system takes. For webhook: headers, clientCertificate and oauth. For slack: signingSecret. They are sealed, and not shown again. A new url needs them again.', example: {} }) @MayBeAbsent() @IsObject()
  credentials?: Record<string, unknown>;

  @ApiPropertyOptional({ enum: PURPOSES, isArray: true, description: 'For which purposes; empty: for all. Absent: for all, and for ticketing for act and hand-over.' })
  @MayBeAbsent() @IsArray() @ArrayMaxSize(PURPOSES.length) @ArrayUnique() @IsIn(PURPOSES, { each: true })
  purposes?: Purpose[];

  @ApiPropertyOptional({ minimum: 1, maximum: MESSAGES_PER_MINUTE_MAX, description: 'More wait for their turn; for mail and chats those that wait become one message. Absent: MESSAGES_PER_MINUTE_MAX, where it is set, for mail and chats; any for others.' }) @MayBeAbsent() @IsInt() @Min(1) @Max(MESSAGES_PER_MINUTE_MAX)
  messagesPerMinuteMax?: number;

  @ApiPropertyOptional({ default: true }) @MayBeAbsent() @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({ description: 'For webhook: whsec_ and the base64 of 24 to 64 bytes. Absent: one is made.' }) @MayBeAbsent() @IsString() @MaxLength(128)
  secret?: string;

  @ApiPropertyOptional({ enum: SIGNATURES, default: 'v1', description: 'For webhook: v1 is HMAC-SHA256 with a secret that both sides have; v1a is Ed25519 with a private key that is made here, and a public key for the receiver.' })
  @IsOptional() @IsIn(SIGNATURES)
  signature?: SignatureVersion;
}

export class RotateChannel {
  @ApiPropertyOptional({ description: 'whsec_ and the base64 of 24 to 64 bytes. Absent: one of the same form as the former is made.' }) @IsOptional() @IsString() @MaxLength(128)
  secret?: string;

  @ApiPropertyOptional({ minimum: 0, maximum: 604_800, default: 86_400, description: 'For so many seconds webhooks carry the signature of the former secret as well.' })
  @IsOptional() @IsInt() @Min(0) @Max(604_800)
  formerHoldsSeconds: number = 86_400;
}

export class PatchChannel extends PartialType(PickType(CreateChannel, ['address', 'url', 'source', 'settings', 'credentials', 'purposes', 'enabled', 'secret', 'messagesPerMinuteMax'] as const), { skipNullProperties: false }) {}

export class ChannelQuery {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(256) destination?: string;
  @ApiPropertyOptional({ description: 'The `next` of the page before.' }) @IsOptional() @IsUUID('all') cursor?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: LIMIT_MAX, default: 50 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(LIMIT_MAX) limit: number = 50;
}

export class ChannelView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() destination!: string;
  @ApiProperty({ enum: CHANNEL_KINDS }) kind!: ChannelKind;
  @ApiPropertyOptional() address?: string;
  @ApiPropertyOptional({ description: 'Without the values of its query.' }) url?: string;
  @ApiPropertyOptional({ enum: TICKETING_SYSTEMS }) system?: SystemName;
  @ApiPropertyOptional({ description: 'Of a ticketing system: the source through which news of its tickets comes back.' }) source?: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Of a ticketing system.' }) settings?: Readonly<Record<string, unknown>>;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Of a webhook or of Slack: which are set, and what of them is no secret.' }) credentials?: CredentialsShown;
  @ApiProperty() enabled!: boolean;
  @ApiProperty({ enum: PURPOSES, isArray: true }) purposes!: readonly Purpose[];
  @ApiProperty({ type: String, nullable: true, description: 'Why Handoff disabled it.' }) disabledReason!: string | null;
  @ApiPropertyOptional() messagesPerMinuteMax?: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'Nothing that was tried since then was delivered.' }) failingSince?: string;
  @ApiPropertyOptional({ description: 'Of a webhook signed by v1a: whpk_ and the base64 of the Ed25519 public key.' }) publicKey?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Until then the former secret signs as well.' }) formerSecretUntil?: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
}

export class CreatedChannelView extends ChannelView {
  @ApiPropertyOptional({ description: 'Signs the webhooks. It is shown only here.' }) secret?: string;
}

export class ChannelPageView {
  @ApiProperty({ type: [ChannelView] }) items!: readonly ChannelView[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}
