import { PatternField } from '../http/fields.js';
import { SOURCE_NAME } from '../sources/source.js';
import { TicketBody } from './ticket.body.js';

export class SubmitTicketBody extends TicketBody {
  @PatternField(SOURCE_NAME, 'source must have lower-case letters, digits and hyphens, 63 at most', { optional: true, default: 'api', description: 'The system that the ticket lives in. The id of the ticket follows from it and from externalId.', example: 'api' })
  source?: string;
}
