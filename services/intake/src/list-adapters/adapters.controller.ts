import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Adapter } from '../adapters/adapter.js';
import { ADAPTERS } from '../adapters/adapters.js';
import type { ApiAuth } from '../adapters/source-api.js';
import { problemResponse } from '../http/documents.js';

type JsonSchema = Record<string, unknown>;

interface AdapterDocument {
  readonly name: string;
  readonly title: string;
  /** A secret is shared with the system. */
  readonly hasSecret: boolean;
  /** A test webhook can be made for it. */
  readonly canBeTested: boolean;
  /** JSON Schema of `settings`. */
  readonly settings: JsonSchema;
  readonly api: {
    readonly auth: readonly ApiAuth[];
    /** Pattern of the host that the base URL must have. */
    readonly hosts: string | null;
    /** JSON Schema of `api.headers`; `null`: none are asked for. */
    readonly headers: JsonSchema | null;
    readonly requestsPerSecondMax: number;
    /** It can be asked what changed, so that lost webhooks are made up for. */
    readonly canBePolled: boolean;
  } | null;
}

const EXAMPLE: AdapterDocument = {
  name: 'autotask', title: 'Autotask PSA', hasSecret: true, canBeTested: true, settings: { type: 'object', properties: {}, additionalProperties: false },
  api: { auth: ['headers'], hosts: '^webservices\\d{0,3}\\.autotask\\.net$', headers: { type: 'object', properties: { UserName: { type: 'string' } }, required: ['UserName'] }, requestsPerSecondMax: 2, canBePolled: true },
};

@ApiTags('sources')
@ApiBearerAuth('bearer')
@problemResponse(401, 'token-required')
@Controller('v1/adapters')
export class AdaptersController {
  @Get()
  @ApiOperation({ summary: 'The kinds of ticketing systems, with what a source of each may set' })
  @ApiResponse({ status: 200, schema: { example: { items: [EXAMPLE] } } })
  list(): { items: readonly AdapterDocument[] } {
    return { items: ADAPTERS.map(documentOf) };
  }
}

export function documentOf({ name, title, secret, settings, api, testWebhook }: Adapter): AdapterDocument {
  return {
    name, title, hasSecret: secret !== null, canBeTested: testWebhook !== undefined, settings: schemaOf(settings),
    api: api === undefined ? null : {
      auth: api.auth, hosts: api.hosts?.source ?? null, headers: api.settings === undefined ? null : schemaOf(api.settings),
      requestsPerSecondMax: api.requestsPerSecondMax, canBePolled: api.updatedSince !== undefined,
    },
  };
}

/** What a person writes, so before defaults are filled in. */
function schemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}
