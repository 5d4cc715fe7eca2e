import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { matches, type MailFilter } from './mail-filter.js';
import { parseWhole, summarise, type MailMessage, type MailSummary } from './mail-message.js';

export const MESSAGES_MAX = 10_000;
const READ_AT_ONCE = 64;
const ID = /^[0-9a-z]{9}-[0-9a-f]{12}$/;

/** Mail that arrived, as files: `<id>.eml` as received, `<id>.json` with what the list needs. */
export class MailStore {
  /** Oldest first. */
  private readonly summaries = new Map<string, MailSummary>();

  private constructor(
    private readonly dir: string,
    private readonly messagesMax: number,
  ) {}

  static async open(dir: string, messagesMax: number = MESSAGES_MAX): Promise<MailStore> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const store = new MailStore(dir, messagesMax);
    await store.load();
    return store;
  }

  async add(raw: Buffer, recipients: readonly string[]): Promise<MailSummary> {
    const now = new Date();
    // Ids sort by time of arrival, so files do too.
    const id = `${now.getTime().toString(36).padStart(9, '0')}-${randomBytes(6).toString('hex')}`;
    const summary = await summarise(raw, { id, receivedAt: now.toISOString(), recipients });
    await writeFile(this.fileOf(id, 'eml'), raw, { mode: 0o600 });
    await writeFile(this.fileOf(id, 'json'), JSON.stringify(summary), { mode: 0o600 });
    this.summaries.set(id, summary);
    await this.dropOldest();
    return summary;
  }

  /** Newest first. */
  list(filter: MailFilter = {}): MailSummary[] {
    return [...this.summaries.values()].reverse().filter((mail) => matches(mail, filter));
  }

  async get(id: string): Promise<MailMessage | undefined> {
    const summary = this.summaries.get(id);
    if (summary === undefined) return undefined;
    const raw = await readFile(this.fileOf(id, 'eml')).catch(() => undefined);
    return raw === undefined ? undefined : parseWhole(raw, summary);
  }

  /** Deletes everything; answers how many messages that were. */
  async clear(): Promise<number> {
    const ids = [...this.summaries.keys()];
    this.summaries.clear();
    for (const id of ids) await this.removeFiles(id);
    return ids.length;
  }

  private async load(): Promise<void> {
    const files = (await readdir(this.dir)).filter((name) => name.endsWith('.json')).sort();
    for (let start = 0; start < files.length; start += READ_AT_ONCE) {
      const some = files.slice(start, start + READ_AT_ONCE);
      const texts = await Promise.all(some.map((name) => readFile(path.join(this.dir, name), 'utf8')));
      for (const summary of texts.map(parseSummary)) {
        if (summary !== undefined) this.summaries.set(summary.id, summary);
      }
    }
    await this.dropOldest();
  }

  private async dropOldest(): Promise<void> {
    while (this.summaries.size > this.messagesMax) {
      const oldest = this.summaries.keys().next().value;
      if (oldest === undefined) return;
      this.summaries.delete(oldest);
      await this.removeFiles(oldest);
    }
  }

  private async removeFiles(id: string): Promise<void> {
    await rm(this.fileOf(id, 'eml'), { force: true });
    await rm(this.fileOf(id, 'json'), { force: true });
  }

  private fileOf(id: string, extension: 'eml' | 'json'): string {
    return path.join(this.dir, `${id}.${extension}`);
  }
}

/** A file cut short by a crash, or put there by somebody else, is passed over. */
function parseSummary(text: string): MailSummary | undefined {
  try {
    const summary = JSON.parse(text) as MailSummary;
    return ID.test(summary.id) ? summary : undefined;
  } catch {
    return undefined;
  }
}
