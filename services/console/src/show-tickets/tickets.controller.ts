import { isUuid } from '@handoff/contracts';
import type { Transactions } from '@handoff/messaging';
import { Problem, refusingCursors } from '@handoff/platform';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { searchWordsOf } from '../read-model/search-words.decision.js';
import { TRANSACTIONS } from '../tokens.js';
import { TICKET_LIST_STORE, type TicketListStore } from './ticket-list.store.js';
import { PageQuery, ShownTicketList, TicketsQuery, TicketWithTimelineView } from './ticket.views.js';
import { timelineEntryOf } from './timeline-entry.decision.js';

const LIMIT = 50;
const ENTRIES_LIMIT = 100;

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('api/tickets')
export class TicketsController {
  constructor(@Inject(TICKET_LIST_STORE) private readonly tickets: TicketListStore, @Inject(TRANSACTIONS) private readonly transactions: Transactions) {}

  @Get()
  @ApiOperation({ summary: 'Tickets of a queue, or by whatever else narrows the list' })
  @ApiOkResponse({ type: ShownTicketList })
  async list(@Query() { text, offer, isUndelivered, sort = 'changed', limit = LIMIT, ...query }: TicketsQuery): Promise<ShownTicketList> {
    if (query.state === 'closed' && sort !== 'changed') throw new Problem(422, 'invalid-content', 'Closed tickets are listed by their last change only.', { fields: [{ field: 'sort', detail: "Give 'changed', or another state." }] });
    const words = searchWordsOf(text ?? '');
    if (text !== undefined && words.length === 0) throw new Problem(422, 'invalid-content', 'The text has no word to look for.', { fields: [{ field: 'text', detail: 'Give letters or digits, or leave it out.' }] });
    return refusingCursors(() => this.transactions.run((tx) => this.tickets.list(tx, { ...query, offerId: offer, isUndelivered: isUndelivered === true ? true : undefined, words, sort, limit })));
  }

  @Get(':id')
  @ApiOperation({ summary: 'A ticket with its story, the newest first' })
  @ApiOkResponse({ type: TicketWithTimelineView })
  async find(@Param('id') id: string, @Query() { cursor, limit = ENTRIES_LIMIT }: PageQuery): Promise<TicketWithTimelineView> {
    const found = isUuid(id) ? await refusingCursors(() => this.load(id.toLowerCase(), { cursor, limit })) : null;
    if (found === null) throw new Problem(404, 'ticket-unknown', `There is no ticket '${id.slice(0, 64)}'. A ticket that was just accepted appears within a second or two.`);
    return found;
  }

  private load(ticketId: string, page: { readonly cursor?: string | undefined; readonly limit: number }): Promise<TicketWithTimelineView | null> {
    return this.transactions.run(async (tx) => {
      const ticket = await this.tickets.find(tx, ticketId);
      if (ticket === null) return null;
      const story = await this.tickets.story(tx, ticketId, page);
      return { ...ticket, timeline: { items: story.items.flatMap((event) => timelineEntryOf(event) ?? []), next: story.next } };
    });
  }
}
