import { z } from 'zod';
import type { OpenDesk } from '../ticketing/ticketing-system.contract.js';
import { basicOf, type DeskReply, type DeskRequest, openDeskServer } from '../ticketing/ticketing-server.fixture.js';

export const CONNECTWISE_MEMBER = { company: 'contoso', publicKey: 'a-public-key', privateKey: 'a-private-key', clientId: 'a-client-id-of-connectwise' };

const API = '/v4_6_release/apis/3.0/service/tickets';
const refTo = (...ids: readonly number[]) => z.strictObject({ id: z.number().refine((id) => ids.includes(id), 'could not be found') });
const priority = refTo(4, 6, 8);
const newTicket = z.strictObject({
  summary: z.string().min(1).max(100), board: refTo(1), company: refTo(2), contact: refTo(3).optional(), type: refTo(9).optional(), source: refTo(5).optional(), priority: priority.optional(),
  externalXRef: z.string().max(100).optional(), initialInternalAnalysis: z.string().optional(), initialDescription: z.string().optional(),
});
const note = z.strictObject({ text: z.string().min(1), internalAnalysisFlag: z.boolean(), detailDescriptionFlag: z.boolean(), resolutionFlag: z.boolean() })
  .refine((flags) => flags.internalAnalysisFlag || flags.detailDescriptionFlag || flags.resolutionFlag, 'one flag is needed');
const patch = z.array(z.discriminatedUnion('path', [
  z.strictObject({ op: z.literal('replace'), path: z.literal('priority'), value: priority }), z.strictObject({ op: z.literal('replace'), path: z.literal('status'), value: refTo(501, 502, 503) }),
])).min(1);

interface Kept extends z.output<typeof newTicket> {
  readonly id: number;
  status: { id: number };
  readonly notes: z.output<typeof note>[];
}

const CLOSED = 503;

/** The REST API of ConnectWise PSA as far as service tickets are opened by it. */
export async function openConnectWise(): Promise<OpenDesk> {
  const tickets: Kept[] = [];
  let ids = 600;

  const create = ({ json }: DeskRequest): DeskReply => {
    const given = newTicket.safeParse(json);
    if (!given.success) return invalid(given.error);
    ids += 1;
    const { initialInternalAnalysis: analysis, initialDescription: description } = given.data;
    const first = (text: string | undefined, isInternal: boolean) => (text === undefined ? [] : [{ text, internalAnalysisFlag: isInternal, detailDescriptionFlag: !isInternal, resolutionFlag: false }]);
    const kept: Kept = { ...given.data, id: ids, status: { id: 501 }, notes: [...first(description, false), ...first(analysis, true)] };
    tickets.push(kept);
    return { status: 201, json: shown(kept) };
  };
  const ofTicket = (kept: Kept, isNotes: boolean, { method, json }: DeskRequest): DeskReply => {
    if (isNotes && method === 'GET') return { status: 200, json: kept.notes.map((one, id) => ({ id, ticketId: kept.id, ...one })).reverse().slice(0, 50) };
    if (isNotes) {
      const given = note.safeParse(json);
      if (!given.success) return invalid(given.error);
      kept.notes.push(given.data);
      return { status: 201, json: { id: kept.notes.length, ...given.data } };
    }
    if (method !== 'PATCH') return { status: 405 };
    const given = patch.safeParse(json);
    if (!given.success) return invalid(given.error);
    for (const { path, value } of given.data) Object.assign(kept, { [path]: value });
    return { status: 200, json: shown(kept) };
  };
  const answer = (request: DeskRequest): DeskReply => {
    const { method, path, query, headers } = request;
    const { company, publicKey, privateKey, clientId } = CONNECTWISE_MEMBER;
    if (headers['clientid'] !== clientId) return { status: 401, json: { code: 'Unauthorized', message: 'Client ID is invalid.' } };
    if (headers.authorization !== basicOf(`${company}+${publicKey}`, privateKey)) return { status: 401, json: { code: 'Unauthorized', message: 'Cannot be authenticated.' } };
    if (path === API && method === 'POST') return create(request);
    if (path === API) return { status: 200, json: tickets.filter(({ externalXRef }) => query.get('conditions') === `externalXRef="${externalXRef ?? ''}"`).map(({ id }) => ({ id })) };
    const [, id, notes] = new RegExp(`^${API}/(\\d+)(/notes)?$`).exec(path) ?? [];
    const kept = tickets.find((one) => String(one.id) === id);
    return kept === undefined ? { status: 404, json: { code: 'NotFound', message: 'Service ticket not found' } } : ofTicket(kept, notes !== undefined, request);
  };

  const server = await openDeskServer(answer);
  return {
    server,
    tickets: () => tickets.map(({ id, summary, externalXRef, priority: level, status, notes: [first, ...more] }) => ({
      id: String(id), reference: externalXRef ?? '', subject: summary, text: first?.text ?? '', priority: String(level?.id), isClosed: status.id === CLOSED,
      isTextPublic: first?.internalAnalysisFlag !== true, notes: more.map(({ text, internalAnalysisFlag: isInternal }) => ({ text, isPublic: !isInternal })),
    })),
    remove: (id) => void tickets.splice(tickets.findIndex((one) => String(one.id) === id), 1),
  };
}

function shown({ notes: _notes, ...ticket }: Kept): object {
  return ticket;
}

function invalid(error: z.ZodError): DeskReply {
  return { status: 400, json: { code: 'InvalidObject', message: 'ticket object is invalid', errors: error.issues.map(({ path, message }) => ({ code: 'InvalidField', message: `${path.map(String).join('/')} ${message}` })) } };
}
