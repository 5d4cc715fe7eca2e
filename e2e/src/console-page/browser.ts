import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import packagedChromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { ROOT, type RunningHandoff } from '../running-handoff.js';

const PACKAGE_VERSION = (JSON.parse(await readFile(join(ROOT, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as { version: string }).version;
/** Screenshots of the last run, to be looked at. */
export const SHOTS_DIR = join(ROOT, 'coverage/console-page');

/** `HANDOFF_CHROMIUM` where it names one, else the Chromium that the package carries. */
export async function launchChromium(): Promise<Browser> {
  const named = process.env['HANDOFF_CHROMIUM'];
  const browser = await chromium.launch({ executablePath: named ?? await unpackedChromium(), args: ['--no-sandbox'], headless: true });
  // The package takes whatever lies unpacked already: an older one would be tested without a word.
  if (named === undefined && browser.version().split('.')[0] !== PACKAGE_VERSION.split('.')[0]) throw new Error(`Chromium ${browser.version()} was unpacked by another version of the package than ${PACKAGE_VERSION}.`);
  await mkdir(SHOTS_DIR, { recursive: true });
  return browser;
}

async function unpackedChromium(): Promise<string> {
  const former = process.env['TMPDIR'];
  const folder = join(tmpdir(), `handoff-chromium-${PACKAGE_VERSION}`);
  await mkdir(folder, { recursive: true });
  process.env['TMPDIR'] = folder;
  try {
    return await packagedChromium.executablePath();
  } finally {
    if (former === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = former;
  }
}

/** A browser that a person signed in with, and what was wrong while it was used. */
export interface SignedIn {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Violations of the page's policy, and errors that nobody caught. */
  readonly faults: string[];
}

/** Opens the console by a link that works once, as a person does. */
export async function signIn(browser: Browser, handoff: RunningHandoff, { name = 'Ada', ...options }: BrowserContextOptions & { readonly name?: string } = {}): Promise<SignedIn> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/Istanbul', colorScheme: 'light', ...options });
  const faults: string[] = [];
  await context.exposeBinding('handoffFault', (_source, fault: string) => { faults.push(fault); });
  await context.addInitScript(`addEventListener('securitypolicyviolation', (event) => handoffFault(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));`);
  context.on('weberror', (error) => { faults.push(String(error.error().stack)); });
  const page = await context.newPage();
  const { body } = await handoff.request(`${handoff.urls.console}/v1/sign-in-links`, { method: 'POST', body: { name } });
  await page.goto(String(body['url']));
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { context, page, faults };
}

/** What axe has against the page as it stands, by rule and place. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`));
}

export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SHOTS_DIR, `${name}.png`) });
}
