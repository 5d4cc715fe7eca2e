import { type AgreementEntry, ENTRY_CONDITIONS, type ExplainRequest, factsOf, validateAgreement } from '@handoff/matrix';
import { AGREEMENT_ENTRIES_MAX } from '../import.js';
import { type CsvRow, csvRows } from './csv-rows.js';
import { Fields, isContainer, notARecord, present } from './fields.js';
import { type FileContext, type FileRecord, type ImportFormat, type Mapped, UnreadableFile, type ValueProblem } from './format.js';
import { listedRecords } from './listed-records.js';

const CONDITIONS = ENTRY_CONDITIONS as readonly (keyof AgreementEntry)[];
const ENTRY_COLUMNS = [...CONDITIONS, 'assignedTo', 'accountable'] as const;
const COLUMNS = { known: ['id', 'providerId', 'resellerId', 'from', 'to', ...ENTRY_COLUMNS], required: ['id', 'providerId', 'resellerId', 'from', 'assignedTo'] };
const HEAD = ['providerId', 'resellerId', 'from', 'to'] as const;

/** Agreements between a provider and a reseller: one row an entry in CSV, or the agreements as JSON. */
export const AGREEMENTS: ImportFormat = {
  name: 'agreements',
  kinds: ['agreement'],
  syntaxes: ['csv', 'json', 'ndjson'],
  merges: false,
  read: (bytes, context) => (context.options.syntax === 'csv' ? groupedRows(bytes, context) : listedRecords(bytes, { columns: COLUMNS, lists: ['agreements', 'items'] }, context)),
  map: mapAgreement,
};

interface Group {
  readonly line: number;
  readonly head: CsvRow;
  readonly entries: object[];
}

/** Rows of the same id that follow each other are one agreement. */
async function* groupedRows(bytes: AsyncIterable<Buffer>, context: FileContext): AsyncGenerator<FileRecord> {
  let group: Group | undefined;
  for await (const record of csvRows(bytes, COLUMNS, context)) {
    if ('error' in record) {
      yield record;
      continue;
    }
    const row = record.value;
    if (group !== undefined && group.head['id'] === row['id']) {
      const differing = HEAD.find((name) => (group?.head[name] ?? '') !== (row[name] ?? ''));
      if (differing === undefined) group.entries.push(entryOf(row));
      else yield { line: record.line, error: { field: differing, code: 'agreement-differs', detail: `It is another one than on line ${group.line}, where the same agreement begins.`, remedy: 'Give all rows of an agreement the same providerId, resellerId, from and to.' } };
      if (group.entries.length > AGREEMENT_ENTRIES_MAX) throw new UnreadableFile(`The agreement '${String(row['id'])}' has more than ${AGREEMENT_ENTRIES_MAX} entries.`, record.line);
      continue;
    }
    if (group !== undefined) yield agreementOf(group);
    group = { line: record.line, head: row, entries: [entryOf(row)] };
  }
  if (group !== undefined) yield agreementOf(group);
}

function entryOf(row: CsvRow): object {
  return Object.fromEntries(ENTRY_COLUMNS.flatMap((name) => ((row[name] ?? '') === '' ? [] : [[name, row[name]]])));
}

function agreementOf({ line, head, entries }: Group): FileRecord {
  const told = Object.fromEntries(['id', ...HEAD].map((name) => [name, (head[name] ?? '') === '' ? null : head[name]]));
  return { line, value: { ...told, entries } };
}

function mapAgreement(value: unknown): Mapped {
  if (!isContainer(value)) return { problems: [notARecord(value)] };
  const fields = new Fields(value);
  const id = fields.requiredId('Give the agreement an id of your own.', 'id');
  const providerId = fields.requiredPartnerId('Name the indirect provider.', 'providerId');
  const resellerId = fields.requiredPartnerId('Name the indirect reseller.', 'resellerId');
  const from = fields.requiredText('Give the first day in force, as 2026-01-31.', 'from');
  const to = fields.text(['to']) ?? null;
  const entries = entriesOf(value['entries'], fields);
  if (fields.problems.length > 0) return { problems: fields.problems };
  const document = { id, providerId, resellerId, from, to, entries };
  const findings = findingsOf(document as unknown as AgreementInput);
  return findings.length > 0 ? { problems: findings } : { entry: { kind: 'agreement', id, document } };
}

type AgreementInput = NonNullable<ExplainRequest['agreements']>[number];

/** The same rules as for an agreement that is written by hand. */
function findingsOf(agreement: AgreementInput): ValueProblem[] {
  const [complete] = factsOf({ ticket: { area: 'other' }, agreements: [agreement] }, new Date(0).toISOString()).agreements;
  if (complete === undefined) return [];
  return validateAgreement(complete).filter(({ severity }) => severity === 'error').map(({ code, path, message }) => ({ field: path, code, detail: message, remedy: 'See docs/imports.md for the columns of an agreement and their values.' }));
}

function entriesOf(value: unknown, fields: Fields): object[] {
  if (!Array.isArray(value)) {
    fields.refuse({ field: 'entries', code: 'value-missing', detail: 'There is no list of entries.', remedy: 'Give at least one entry with assignedTo.' });
    return [];
  }
  if (value.length > AGREEMENT_ENTRIES_MAX) {
    fields.refuse({ field: 'entries', code: 'too-long', detail: `It has ${value.length} entries.`, remedy: `Use at most ${AGREEMENT_ENTRIES_MAX}.` });
    return [];
  }
  return value.map((item: unknown, index) => {
    if (!isContainer(item)) return fields.refuse({ ...notARecord(item), field: `entries[${index}]` }) ?? {};
    const entry = new Fields(item);
    const told = Object.fromEntries(ENTRY_COLUMNS.map((name) => [name, name === 'assignedTo' ? entry.requiredText('Use provider, reseller or shared.', name) : entry.text([name])]));
    for (const problem of entry.problems) fields.refuse({ ...problem, field: `entries[${index}].${problem.field}` });
    return present(told);
  });
}
