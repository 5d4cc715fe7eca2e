// The least that routes durably: kafkajs, pg and the rules. Parse, decide, one multi-row insert, produce, commit.
import { compile, decide, DEFAULT_MATRIX, type Decision, type ExplainRequest, factsOf } from '@handoff/matrix';
import pg from 'pg';
import { directory } from '../load/directory.js';
import { known } from '../load/questions.js';
import { sayReady, startArgument } from '../process/answering.js';
import { eachChunk, floorKafka, floorProducer, send } from './kafka.js';

export interface RoutingFloorPlan {
  readonly brokers: readonly string[];
  readonly databaseUrl: string;
  readonly from: string;
  readonly to: string;
}

interface Received {
  readonly ticketId: string;
  readonly externalId: string;
  readonly occurredAt: string;
  readonly ticket: ExplainRequest['ticket'] & { readonly subscriptionId: string };
}

const plan = startArgument<RoutingFloorPlan>();
const matrix = compile(DEFAULT_MATRIX);
const knownOf = known(directory());
const pool = new pg.Pool({ connectionString: plan.databaseUrl });
await pool.query('create table if not exists decision (ticket_id text primary key, decision json not null, decided_at timestamptz not null default now())');
const kafka = floorKafka(plan.brokers, 'bench-floor-routing');
const producer = await floorProducer(kafka);
await eachChunk({ kafka, groupId: 'bench-floor-routing', topic: plan.from }, route);
sayReady();

async function route(values: readonly string[]): Promise<void> {
  const now = new Date().toISOString();
  const routed = values.map((value) => {
    const received = JSON.parse(value) as Received;
    const { ticket, occurredAt } = received;
    const decision = decide(factsOf({ ticket: { ...ticket, at: occurredAt }, ...knownOf(ticket.subscriptionId) }, now), matrix);
    return { ticketId: received.ticketId, decidedAt: now, ticket: { externalId: received.externalId, ...ticket }, decision, recipients: [{ destination: destinationOf(decision) }] };
  });
  await pool.query('insert into decision (ticket_id, decision) select * from unnest($1::text[], $2::json[]) on conflict do nothing', [routed.map(({ ticketId }) => ticketId), routed.map(({ decision }) => JSON.stringify(decision))]);
  await send(producer, plan.to, routed.map((event) => ({ key: event.ticketId, value: JSON.stringify(event) })));
}

function destinationOf({ firstContact }: Decision): string | null {
  if (firstContact === null || !('partyId' in firstContact)) return null;
  return `${firstContact.role === 'isv-publisher' ? 'isv' : 'partner'}/${firstContact.partyId}`;
}
