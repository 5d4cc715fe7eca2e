import { AREAS, ASKERS, CLOUDS, SEVERITIES, type Area, type Asker, type Cloud, type Severity } from '@handoff/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsInt, IsObject, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import { ADAPTER_NAMES } from '../adapters/adapters.js';
import { ChoiceField, NameField, NamesField, PatternField, WholeNumberField } from '../http/fields.js';
import { API_AUTHS, type ApiAuth } from '../adapters/source-api.js';
import { SOURCE_NAME } from '../sources/source.js';

const PATH = /^[^.|]{1,200}(\.[^.|]{1,200}){0,15}(\|[^.|]{1,200}(\.[^.|]{1,200}){0,15}){0,3}$/;
const PATH_MESSAGE = '$property must be a dotted path into the payload, as issue.fields.labels, or up to four with | between them';
const RULES_MAX = 200;
const ADDRESSES_MAX = 100;
const OWN_ACTORS_MAX = 50;
const optional = { optional: true } as const;
const given = (_body: unknown, value: unknown): boolean => value !== undefined;
const aPath = (example: string): PropertyDecorator => PatternField(PATH, PATH_MESSAGE, { optional: true, example });

export class TicketFactsBody {
  @ChoiceField(AREAS, { ...optional, example: 'break-fix' }) area?: Area;
  @ChoiceField(SEVERITIES, { ...optional, example: 'B' }) severity?: Severity;
  @ChoiceField(ASKERS, { ...optional, example: 'customer' }) asker?: Asker;
  @NameField({ ...optional, example: 'contoso-crm' }) offerId?: string;
  @NameField({ ...optional, example: 'woodgrove' }) customerId?: string;
  @NameField({ ...optional, example: 'woodgrove-crm' }) subscriptionId?: string;
  @ChoiceField(CLOUDS, { ...optional, example: 'public' }) cloud?: Cloud;
  @PatternField(/^[A-Za-z]{2}$/, 'country must be two letters of ISO 3166-1', { ...optional, example: 'DE' }) country?: string;
  @PatternField(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}$/, 'language must be a tag of BCP 47', { ...optional, example: 'en' }) language?: string;
}

export class MappedPathsBody {
  @aPath('issue.fields.customfield_10060.value') area?: string;
  @aPath('issue.fields.customfield_10061.value') severity?: string;
  @aPath('issue.fields.customfield_10062.value') asker?: string;
  @aPath('issue.fields.customfield_10050.value') offerId?: string;
  @aPath('issue.fields.customfield_10051.value') customerId?: string;
  @aPath('issue.fields.customfield_10052.value') subscriptionId?: string;
  @aPath('issue.fields.customfield_10053.value') cloud?: string;
  @aPath('issue.fields.customfield_10054.value') country?: string;
  @aPath('issue.fields.customfield_10055.value') language?: string;
}

export class MappingRuleBody {
  @PatternField(PATH, PATH_MESSAGE, { description: 'Dotted path into the payload, or several with | between them; lists are looked through.', example: 'issue.fields.labels' }) field!: string;
  @NameField({ ...optional, description: 'The whole value is this.' }) equals?: string;
  @NameField({ ...optional, description: 'The list has this entry, or the text this word.', example: 'billing' }) contains?: string;
  @NamesField(100, { ...optional, description: 'As contains, with any of these.' }) oneOf?: string[];
  @ApiProperty({ type: TicketFactsBody, example: { area: 'customer-billing' } }) @ValidateNested() @IsObject() @Type(() => TicketFactsBody) set!: TicketFactsBody;
}

export class MappingBody {
  @ApiProperty({ required: false, type: TicketFactsBody, description: 'Facts that hold where nothing else says otherwise.' })
  @ValidateIf(given) @ValidateNested() @IsObject() @Type(() => TicketFactsBody)
  defaults?: TicketFactsBody;

  @ApiProperty({ required: false, type: MappedPathsBody, description: 'Facts taken from a place in the payload.' })
  @ValidateIf(given) @ValidateNested() @IsObject() @Type(() => MappedPathsBody)
  fields?: MappedPathsBody;

  @ApiProperty({ required: false, type: [MappingRuleBody], maxItems: RULES_MAX, description: 'All that fit apply, in order; a later one wins. Each has one of equals, contains and oneOf.' })
  @ValidateIf(given) @ValidateNested({ each: true }) @ArrayMaxSize(RULES_MAX) @IsArray() @Type(() => MappingRuleBody)
  rules?: MappingRuleBody[];

  @ApiProperty({ selfRequired: false, type: 'object', additionalProperties: { type: 'string' }, description: "Severity (A, B or C) by the source's own priorities, before the adapter's.", example: { p1: 'A' } })
  @ValidateIf(given) @IsObject()
  severities?: Record<string, Severity>;

  @PatternField(/^https?:\/\/[^\s{}]+\{externalId\}[^\s{}]*$/, 'ticketUrl must be a web address with {externalId} in it', { optional: true, nullable: true, description: 'Link to a ticket, where the payload has none.', example: 'https://northwind.zendesk.example/agent/tickets/{externalId}' })
  ticketUrl?: string | null;
}

export class SourceApiBody {
  @NameField({ description: 'Where the interface is, as https://northwind.zendesk.com. Its host must be one of the vendor, where the vendor runs all of them.', example: 'https://northwind.zendesk.com' }, 2_048) baseUrl!: string;
  @ChoiceField(API_AUTHS, { description: 'How Handoff signs in; GET /v1/adapters says which of them a system takes.', example: 'basic' }) auth!: ApiAuth;

  @ApiProperty({ selfRequired: false, type: 'object', additionalProperties: true, example: { username: 'handoff@northwind.example/token', password: 'made in the system' }, description: 'basic: username and password. bearer: token. oauth2-client-credentials: tokenUrl, clientId, clientSecret, and where the token endpoint asks for them scope, fields (further ones of the form) and secretIn (header or body). oauth2-refresh-token: the same with refreshToken of a user who signed in once; clientSecret where the client has one. They are stored sealed and never shown.' })
  @ValidateIf(given) @IsObject()
  credentials?: Record<string, unknown>;

  @ApiProperty({ selfRequired: false, type: 'object', additionalProperties: { type: 'string' }, example: {}, description: 'Headers that the system wants with every call; they are sealed as well.' })
  @ValidateIf(given) @IsObject()
  headers?: Record<string, unknown>;
}

export class ChangeSourceBody {
  @PatternField(/^(partner|isv)\/[^\s/]{1,200}$/, 'sourceParty must be partner/<id> or isv/<id>', { optional: true, nullable: true, description: 'The party that owns the source.', example: 'partner/1001' })
  sourceParty?: string | null;

  @ApiProperty({ required: false, nullable: true, type: 'integer', minimum: 1, maximum: 86_400, description: "How far the sender's clock may be away. For Jira null, and that is its default: its time is not checked.", example: 300 })
  @ValidateIf((_body, value) => value !== undefined && value !== null) @Max(86_400) @Min(1) @IsInt()
  toleranceSeconds?: number | null;

  @ApiProperty({ required: false, type: MappingBody })
  @ValidateIf(given) @ValidateNested() @IsObject() @Type(() => MappingBody)
  mapping?: MappingBody;

  @ApiProperty({ selfRequired: false, type: 'object', additionalProperties: true, description: 'What the adapter asks for beside the secret.', example: {} })
  @ValidateIf(given) @IsObject()
  settings?: Record<string, unknown>;

  @ArrayUnique() @NamesField(ADDRESSES_MAX, { ...optional, description: 'Addresses and networks that webhooks may come from; empty: any. Behind a proxy this needs TRUSTED_PROXIES.', example: ['203.0.113.0/24'] })
  allowedAddresses?: string[];

  @WholeNumberField(1, 10_000, { optional: true, nullable: true, description: 'Webhooks a second; null: what the installation allows every source.', example: 20 })
  requestsPerSecondMax?: number | null;

  @ApiProperty({ required: false, nullable: true, type: SourceApiBody, description: "The system's own interface, from which tickets are read that a webhook tells too little of, or never told. It is replaced as a whole; null: nothing is read." })
  @ValidateIf((_body, value) => value !== undefined && value !== null) @ValidateNested() @IsObject() @Type(() => SourceApiBody)
  api?: SourceApiBody | null;

  @WholeNumberField(30, 86_400, { optional: true, nullable: true, description: 'How often it is looked for what no webhook brought; null: never. It needs api. Not given, a source that gets api is polled every 300 seconds.', example: 300 })
  reconcileEverySeconds?: number | null;

  @ArrayUnique() @NamesField(OWN_ACTORS_MAX, { ...optional, description: 'Ids under which Handoff itself writes in that system; what they cause is not sent round again.', example: ['8447388090494'] })
  ownActors?: string[];

  @ApiProperty({ required: false, description: 'It tells of the tickets that Handoff opens there for others, and of none of its own: what it tells of others is not routed.', example: false })
  @ValidateIf(given) @IsBoolean()
  copiesOnly?: boolean;
}

export class CreateSourceBody extends ChangeSourceBody {
  @PatternField(SOURCE_NAME, 'source must have lower-case letters, digits and hyphens, 63 at most', { description: 'The name, in the path of its webhooks.', example: 'jira-emea' }) source!: string;
  @ChoiceField(ADAPTER_NAMES, { description: 'The kind of ticketing system.', example: 'jira-service-management' }) adapter!: string;
  @NameField({ ...optional, description: 'The secret that the system signs with. Without it, one is made, unless the system proves itself otherwise.' }) secret?: string;
}

export class RotateSecretBody {
  @NameField({ ...optional, description: 'Without it, one is made.' }) secret?: string;
  @ApiProperty({ required: false, type: 'integer', minimum: 0, maximum: 2_592_000, default: 86_400, description: 'How long the old secrets hold beside the new one.' })
  @ValidateIf(given) @Max(2_592_000) @Min(0) @IsInt()
  oldExpiresInSeconds?: number;
}
