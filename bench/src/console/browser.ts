import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LOOPBACK, projectRoot } from '@handoff/engines';
import packagedChromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Asked } from './asked.js';

/** Notes in the page when rows of tickets come, and which tasks kept it busy. */
const WATCH = `
  globalThis.handoffSeen = new Map();
  globalThis.handoffTasks = [];
  new PerformanceObserver((list) => { for (const { startTime, duration } of list.getEntries()) handoffTasks.push([performance.timeOrigin + startTime, duration]); }).observe({ type: 'longtask', buffered: true });
  const note = () => { for (const row of document.querySelectorAll('[data-ticket]')) if (!handoffSeen.has(row.dataset.ticket)) handoffSeen.set(row.dataset.ticket, performance.timeOrigin + performance.now()); };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-ticket'] });`;

/** One Chromium, in which a person is signed in. Times are those of `Date.now()`. */
export class Viewer {
  private constructor(private readonly browser: Browser, private readonly storage: Awaited<ReturnType<BrowserContext['storageState']>>, private readonly url: string) {}

  static async start({ port, token }: Asked): Promise<Viewer> {
    const browser = await chromium.launch({ executablePath: process.env['HANDOFF_CHROMIUM'] ?? await unpackedChromium(), args: ['--no-sandbox'], headless: true });
    try {
      const made = await fetch(`http://${LOOPBACK}:${port}/v1/sign-in-links`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ name: 'Ada' }) });
      const { pathname, search } = new URL(((await made.json()) as { url: string }).url);
      const url = `http://${LOOPBACK}:${port}`;
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${url}${pathname}${search}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const storage = await context.storageState();
      await context.close();
      return new Viewer(browser, storage, url);
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /** Opens a page with nothing in the cache. */
  async open(where: string): Promise<ListPage> {
    const context = await this.browser.newContext({ storageState: this.storage, viewport: { width: 1280, height: 800 } });
    await context.addInitScript(WATCH);
    const page = await context.newPage();
    await page.goto(`${this.url}${where}`);
    return new ListPage(context, page);
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

/** The list of tickets, as it is seen. */
export class ListPage {
  constructor(private readonly context: BrowserContext, private readonly page: Page) {}

  /** From the beginning of the navigation until anything, and until the first row is there. */
  async paints(): Promise<{ readonly firstPaintMs: number; readonly firstRowMs: number; readonly bytes: number }> {
    await this.page.locator('[data-ticket]').first().waitFor();
    return this.page.evaluate(`({
      firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      firstRowMs: Math.min(...handoffSeen.values()) - performance.timeOrigin,
      bytes: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter(({ name }) => !name.includes('/api/')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    })`);
  }

  async untilLive(): Promise<void> {
    await this.page.locator('[data-status=live]').waitFor();
  }

  /** When the row of a ticket came. */
  async cameAt(ticketId: string): Promise<number> {
    await this.page.locator(`[data-ticket="${ticketId}"]`).waitFor();
    return this.page.evaluate<number>(`handoffSeen.get(${JSON.stringify(ticketId)})`);
  }

  /** Tasks of more than 50 ms since then, by their length in ms. */
  longTasksSince(sinceMs: number): Promise<readonly number[]> {
    return this.page.evaluate(`handoffTasks.filter(([at]) => at >= ${sinceMs}).map(([, duration]) => duration)`);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** The Chromium of the package. It takes whatever lies unpacked in the folder of temporary files, so each version has a folder of its own. */
async function unpackedChromium(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(projectRoot(), 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as { version: string };
  const former = process.env['TMPDIR'];
  const folder = path.join(tmpdir(), `handoff-chromium-${version}`);
  await mkdir(folder, { recursive: true });
  process.env['TMPDIR'] = folder;
  try {
    return await packagedChromium.executablePath();
  } finally {
    if (former === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = former;
  }
}
