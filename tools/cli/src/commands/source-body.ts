import { wrongUse } from '../failure.js';
import { jsonObject, placeName, readBytes } from '../input.js';
import type { JsonRecord } from '../json-reading.js';
import type { Terminal } from '../terminal.js';

/** What flags say of a source. `false` comes from a flag as `--no-api`, which takes a field away. */
export interface SourceFlags {
  readonly adapter?: string;
  readonly party?: string | false;
  readonly setting?: JsonRecord;
  /** Seconds. */
  readonly tolerance?: number | false;
  readonly allow?: readonly string[] | false;
  readonly requestsPerSecond?: number | false;
  readonly mapping?: string;
  readonly api?: string | false;
  /** Seconds. */
  readonly reconcileEvery?: number | false;
  readonly ownActors?: readonly string[] | false;
  readonly secretFile?: string;
}

/**
 * The body that creates or changes a source: what the file says, and over it what the flags say.
 * @throws CommandFailure (wrong use) where a file cannot be read, or standard input is named twice.
 */
export async function sourceBody(terminal: Terminal, file: string | undefined, flags: SourceFlags): Promise<JsonRecord> {
  const { adapter, party, setting, tolerance, allow, requestsPerSecond, mapping, api, reconcileEvery, ownActors, secretFile } = flags;
  if ([file, mapping, api, secretFile].filter((name) => name === '-').length > 1) throw wrongUse('standard-input-twice', 'Standard input can be read once: put one of the files that are named - into a file of its own.');
  const objectOf = async (name: string): Promise<JsonRecord> => jsonObject(await readBytes(terminal, name), placeName(name));
  const said = {
    adapter, sourceParty: orNull(party), settings: setting, toleranceSeconds: orNull(tolerance), allowedAddresses: orNone(allow), requestsPerSecondMax: orNull(requestsPerSecond),
    mapping: mapping === undefined ? undefined : await objectOf(mapping),
    api: typeof api === 'string' ? await objectOf(api) : orNull(api),
    reconcileEverySeconds: orNull(reconcileEvery), ownActors: orNone(ownActors),
    secret: secretFile === undefined ? undefined : await secretIn(terminal, secretFile),
  };
  return { ...(file === undefined ? {} : await objectOf(file)), ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) };
}

/** A secret from a file or standard input, never from an argument: the shell keeps those. Its last line end is none of it. */
export async function secretIn(terminal: Terminal, file: string): Promise<string> {
  const secret = (await readBytes(terminal, file)).toString('utf8').replace(/\r?\n$/, '');
  if (secret === '') throw wrongUse('secret-missing', `${placeName(file)} is empty. Put the secret into it, or leave --secret-file out to have one made.`);
  return secret;
}

const orNull = <T>(value: T | false | undefined): T | null | undefined => (value === false ? null : value);
const orNone = <T>(value: readonly T[] | false | undefined): readonly T[] | undefined => (value === false ? [] : value);
