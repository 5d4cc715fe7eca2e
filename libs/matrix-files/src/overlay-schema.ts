import { AREAS } from '@handoff/matrix';
import type { Schema } from './shape.js';

/** What a partner or publisher prefers. */
export const OVERLAY_SCHEMA: Schema = {
  type: 'object',
  properties: {
    owner: { type: 'string', minLength: 1, description: 'partner/<id> or publisher/<id>.' },
    prefer: {
      type: 'object',
      description: 'What the owner wishes.',
      properties: {
        partnerFirst: {
          type: 'array',
          description: 'Products of which a partner takes how-to and break-fix questions first; {} is every product.',
          items: {
            type: 'object',
            properties: { publisherId: { type: 'string', minLength: 1 }, offerId: { type: 'string', minLength: 1 } },
            additionalProperties: false,
          },
        },
        contactOrder: {
          type: 'array',
          description: 'Which of the publisher’s contacts comes first.',
          items: { type: 'string', enum: ['customer-support', 'csp-program'] },
        },
        informed: {
          type: 'array',
          description: 'Areas in which a partner wants to be told of what others handle.',
          items: { type: 'string', enum: AREAS },
        },
      },
      additionalProperties: false,
    },
  },
  required: ['owner', 'prefer'],
  additionalProperties: false,
};

/** JSON Schema (draft 2020-12) of an overlays file. */
export const OVERLAYS_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://handoff.example/schemas/overlays.schema.json',
  title: 'Preferences of partners and publishers',
  type: 'object',
  properties: {
    $schema: { type: 'string' },
    overlays: { type: 'array', maxItems: 10_000, items: OVERLAY_SCHEMA },
  },
  required: ['overlays'],
  additionalProperties: false,
};
