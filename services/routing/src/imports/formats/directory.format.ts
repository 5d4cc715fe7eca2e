import type { DirectoryKind } from '../../directory/directory-kinds.js';
import { contentOf } from '../../directory/entry-content.decision.js';
import { Fields, holdsUnreadable, isContainer, notARecord } from './fields.js';
import type { ImportFormat, Mapped } from './format.js';
import { type JsonElement, jsonElements } from './json-elements.js';
import { ndjsonElements } from './ndjson-lines.js';

const KIND_OF_LIST: Readonly<Record<string, DirectoryKind>> = { publishers: 'publisher', offers: 'offer', partners: 'partner', customers: 'customer', subscriptions: 'subscription', agreements: 'agreement', calendars: 'calendar' };
const LISTS = Object.keys(KIND_OF_LIST);

/** Handoff's own form of a directory: one object with a list for each kind of entry. */
export const DIRECTORY: ImportFormat = {
  name: 'directory',
  kinds: Object.values(KIND_OF_LIST),
  syntaxes: ['json', 'ndjson'],
  merges: false,
  read: (bytes, { options }) => (options.syntax === 'json' ? jsonElements(bytes, LISTS) : ndjsonElements(bytes, LISTS)),
  map: mapElement,
};

/** The same rules as for an entry that is written by hand. */
function mapElement(element: unknown): Mapped {
  const { list, value } = element as JsonElement;
  const kind = KIND_OF_LIST[list ?? ''];
  if (kind === undefined) return { problems: [{ field: '', code: 'list-unknown', detail: 'It stands in no list whose name says what it is.', remedy: `Write {"customers": […]}, with the lists ${LISTS.join(', ')}.` }] };
  if (!isContainer(value)) return { problems: [notARecord(value)] };
  const fields = new Fields(value);
  const id = fields.requiredId('Give the entry its id.', 'id');
  if (fields.problems.length > 0) return { problems: fields.problems };
  const content = contentOf(kind, id, value);
  if ('problems' in content) return { problems: content.problems.map(({ field, detail }) => ({ field: field.replace(/^\//, ''), code: 'value-invalid', detail: `It is not valid: ${detail}.`, remedy: 'See docs/directory.md for the fields of an entry.' })) };
  if (holdsUnreadable(value)) return { problems: [{ field: '', code: 'characters', detail: 'It has characters that are no text.', remedy: 'Save the file as UTF-8.' }] };
  return { entry: { kind, id, document: content.entry } };
}
