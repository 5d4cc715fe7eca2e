import { AREAS, ATTACHMENTS_MAX, ASKERS, CHANGES, CLOUDS, SEVERITIES, type Area, type Asker, type Change, type Cloud, type Severity, type TicketFields } from '@handoff/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsObject, IsUrl, MaxLength, ValidateIf, ValidateNested } from 'class-validator';
import type { ReportedTicket } from '../adapters/adapter.js';
import { CHARS_MAX, cleanText, told } from '../adapters/payload.js';
import { CertainlyValid, isCertainlyValid, isNameOf, isTextOf } from '../http/certainly-valid.js';
import { ChoiceField, InstantField, NameField, NamesField, PatternField, TextField } from '../http/fields.js';

const maybe = { optional: true, nullable: true } as const;
/** Of host names and paths without anything unusual. */
const PLAIN_URL = /^https?:\/\/([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)*[a-z]([a-z\d-]{0,61}[a-z\d])?(:[1-9]\d{0,3})?(\/[\w.~%/-]*)?$/i;

export class RequesterBody {
  @TextField(CHARS_MAX.name, { ...maybe, example: 'Ada Brown' }) name?: string | null;
  @TextField(CHARS_MAX.email, { ...maybe, example: 'ada@woodgrove.example' }) email?: string | null;
}

export class CommentBody {
  @TextField(CHARS_MAX.name, { ...maybe, example: 'Ada Brown' }) author?: string | null;
  @TextField(CHARS_MAX.comment, { example: 'It happens again.' }) body!: string;
  @ApiProperty({ description: 'Whether whoever asked may see it.', example: true }) @IsBoolean() @CertainlyValid((value) => typeof value === 'boolean') isPublic!: boolean;
}

export class AttachmentBody {
  @NameField({ description: 'As people know it.', example: 'log.txt' }) name!: string;

  @ApiProperty({ description: 'Where people open it; it is never fetched.', type: String, maxLength: CHARS_MAX.url, example: 'https://support.northwind.example/attachments/7' })
  @MaxLength(CHARS_MAX.url)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @CertainlyValid((value) => isTextOf(value, 1, CHARS_MAX.url) && PLAIN_URL.test(value))
  url!: string;
}

/** A ticket in our own format. A key that is missing was not told and keeps its former value; `null` says that it is empty. */
export class TicketBody {
  @NameField({ description: "The ticket's id in its own system.", example: 'SUP-12' }) externalId!: string;

  @ApiProperty({ required: false, nullable: true, type: String, maxLength: CHARS_MAX.url, example: 'https://support.northwind.example/tickets/SUP-12' })
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @MaxLength(CHARS_MAX.url)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @CertainlyValid((value) => value === undefined || value === null || (isTextOf(value, 1, CHARS_MAX.url) && PLAIN_URL.test(value)))
  externalUrl?: string | null;

  @ChoiceField(CHANGES, { optional: true, description: 'What happened to the ticket.', default: 'created' }) change?: Change;
  @InstantField({ optional: true, description: 'When it happened in its own system; without it, now.', example: '2026-11-01T09:00:00Z' }) occurredAt?: string;

  @CertainlyValid((value, { change }) => (value === undefined ? (change ?? 'created') !== 'created' : isNameOf(value, CHARS_MAX.subject)))
  @ApiProperty({ description: 'Required when the ticket was created.', type: String, minLength: 1, maxLength: CHARS_MAX.subject, required: false, example: 'Sign-in fails' })
  @ValidateIf((body: TicketBody, value) => value !== undefined || (body.change ?? 'created') === 'created')
  @NameField({}, CHARS_MAX.subject)
  subject?: string;

  @TextField(CHARS_MAX.description, { ...maybe, example: 'Error 500 after the password.' }) description?: string | null;
  @TextField(CHARS_MAX.status, { ...maybe, description: "The status in the system's own words.", example: 'Open' }) status?: string | null;
  @ChoiceField(AREAS, { ...maybe, description: 'What the ticket is about.', example: 'break-fix' }) area?: Area | null;
  @ChoiceField(SEVERITIES, { ...maybe, description: 'A critical, B moderate, C minimal business impact.', example: 'B' }) severity?: Severity | null;
  @ChoiceField(ASKERS, { optional: true, description: 'Who asks.', example: 'customer' }) asker?: Asker;

  @ApiProperty({ required: false, nullable: true, type: RequesterBody })
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @ValidateNested()
  @IsObject()
  @Type(() => RequesterBody)
  @CertainlyValid((value) => value === undefined || value === null || isCertainlyValid(RequesterBody, value))
  requester?: RequesterBody | null;

  @NameField({ ...maybe, example: 'contoso-crm' }) offerId?: string | null;
  @NameField({ ...maybe, example: 'woodgrove' }) customerId?: string | null;
  @NameField({ ...maybe, example: 'woodgrove-crm' }) subscriptionId?: string | null;
  @ChoiceField(CLOUDS, { ...maybe, example: 'public' }) cloud?: Cloud | null;
  @PatternField(/^[A-Za-z]{2}$/, 'country must be two letters of ISO 3166-1', { ...maybe, example: 'DE' }) country?: string | null;
  @PatternField(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}$/, 'language must be a tag of BCP 47', { ...maybe, example: 'en' }) language?: string | null;
  @NamesField(100, { optional: true, example: ['login'] }) labels?: string[];

  @ApiProperty({ required: false, type: CommentBody })
  @ValidateIf((_body, value) => value !== undefined)
  @ValidateNested()
  @IsObject()
  @Type(() => CommentBody)
  @CertainlyValid((value) => value === undefined || isCertainlyValid(CommentBody, value))
  comment?: CommentBody;

  @ApiProperty({ required: false, type: [AttachmentBody], maxItems: ATTACHMENTS_MAX, description: 'Of the comment where there is one, else of the ticket.' })
  @ValidateIf((_body, value) => value !== undefined)
  @IsArray()
  @ArrayMaxSize(ATTACHMENTS_MAX)
  @ValidateNested({ each: true })
  @Type(() => AttachmentBody)
  @CertainlyValid((value) => value === undefined || (Array.isArray(value) && value.length <= ATTACHMENTS_MAX && value.every((one) => isCertainlyValid(AttachmentBody, one))))
  attachments?: AttachmentBody[];
}

/** What a valid body says about a ticket. */
export function ticketOf(body: TicketBody, receivedAt: Date): ReportedTicket {
  const { subject, description, status, area, severity, asker, requester, offerId, customerId, subscriptionId, cloud, country, language, labels } = body;
  return {
    externalId: plain(body.externalId),
    externalUrl: body.externalUrl ?? null,
    change: body.change ?? 'created',
    occurredAt: (body.occurredAt === undefined ? receivedAt : new Date(body.occurredAt)).toISOString(),
    fields: told<TicketFields>({
      subject: plain(subject), description: plain(description), status: plain(status), area, areaBasis: area == null ? undefined : 'source', severity, asker,
      requester: requesterOf(requester),
      offerId: plain(offerId), customerId: plain(customerId), subscriptionId: plain(subscriptionId), cloud, country, language,
      labels: labels?.map((label) => plain(label)),
      comment: commentOf(body.comment),
      attachments: body.attachments?.map(({ name, url }) => ({ name: plain(name), url: plain(url) })),
    }),
  };
}

function requesterOf(requester: RequesterBody | null | undefined): TicketFields['requester'] {
  if (requester === undefined || requester === null) return requester;
  return told<{ name?: string | null; email?: string | null }>({ name: plain(requester.name), email: plain(requester.email) });
}

function commentOf(comment: CommentBody | undefined): TicketFields['comment'] {
  if (comment === undefined) return undefined;
  return { author: plain(comment.author) ?? null, body: plain(comment.body), isPublic: comment.isPublic };
}

/** Lengths were checked; only what databases refuse goes. */
function plain<T extends string | null | undefined>(text: T): T {
  return (typeof text === 'string' ? cleanText(text, Number.POSITIVE_INFINITY) : text) as T;
}
