import { eventually } from '@handoff/testing';
import type { Browser, Page } from 'playwright-core';
import { type RunningHandoff, startHandoff } from '../running-handoff.js';
import { launchChromium, shoot, type SignedIn, signIn } from './browser.js';

const TABS = 8;

let handoff: RunningHandoff;
let browser: Browser;
const viewers: SignedIn[] = [];

beforeAll(async () => {
  [handoff, browser] = await Promise.all([startHandoff(), launchChromium()]);
  await post('FIRST-1');
  await eventually(async () => expect((await handoff.request(`${handoff.urls.console}/api/tickets?text=first`)).body['items']).toHaveLength(1), { withinMs: 60_000 });
}, 300_000);
afterEach(async () => {
  const faults = viewers.flatMap((viewer) => viewer.faults);
  await Promise.all(viewers.splice(0).map(({ context }) => context.close()));
  expect(faults).toEqual([]);
  // A browser that went away is no longer followed for.
  await eventually(async () => expect(await streams()).toBe(0), { withinMs: 30_000 });
});
afterAll(async () => {
  await browser?.close();
  await handoff?.stop();
}, 60_000);

async function post(externalId: string): Promise<string> {
  const { status, body } = await handoff.request(`${handoff.urls.intake}/v1/tickets`, { method: 'POST', body: { externalId, subject: `About ${externalId}`, area: 'break-fix', severity: 'B', asker: 'customer', offerId: 'contoso-crm', customerId: 'wingtip' } });
  expect(status).toBe(202);
  return String(body['ticketId']);
}

async function comes(name: string): Promise<SignedIn> {
  const viewer = await signIn(browser, handoff, { name });
  viewers.push(viewer);
  return viewer;
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${handoff.urls.console}${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await isLive(page);
}

const isLive = (page: Page) => page.locator('[data-status=live]').waitFor();
const row = (page: Page, ticketId: string) => page.locator(`[data-ticket="${ticketId}"]`);

/** How many streams of events the console says that it serves. */
async function streams(): Promise<number> {
  const metrics = await (await fetch(`${handoff.urls.console}/metrics`, { headers: { authorization: `Bearer ${handoff.token}` } })).text();
  return [...metrics.matchAll(/^handoff_event_streams\S* (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
}

describe('what two persons see', () => {
  it('is the same: what one does stands on the page of the other, which nobody loaded anew', async () => {
    const [ada, bea] = await Promise.all([comes('Ada'), comes('Bea')]);
    const ticketId = await post('SHARED-1');
    await eventually(async () => expect((await handoff.request(`${handoff.urls.console}/api/tickets?text=shared`)).body['items']).toHaveLength(1), { withinMs: 60_000 });
    await Promise.all([open(ada.page, '/tickets?sort=opened'), open(bea.page, `/tickets/${ticketId}`)]);
    await row(ada.page, ticketId).getByText('Waiting').waitFor();
    await bea.page.locator('#why').waitFor();
    await bea.page.keyboard.press('a');
    await row(ada.page, ticketId).getByText('Acknowledged').waitFor();
    await shoot(ada.page, 'live-acknowledged-by-another');
  });

  it('is told by one connection, however many tabs a browser has', async () => {
    const ada = await comes('Ada');
    const tabs = await Promise.all(Array.from({ length: TABS }, async () => ada.context.newPage()));
    await Promise.all(tabs.map((tab) => open(tab, '/tickets?sort=opened')));
    expect(await streams()).toBe(1);
    const ticketId = await post('TABS-1');
    // Every tab hears of it, the last as well as the first; a list that nobody works in takes it up by itself.
    for (const tab of tabs) await row(tab, ticketId).waitFor();
  });
});

describe('a connection that breaks', () => {
  it('comes back by itself, and what was missed is there', async () => {
    const { page } = await comes('Ada');
    await open(page, '/tickets?sort=opened');
    await page.evaluate(`document.documentElement.dataset.opened = 'once'`);
    await handoff.kill('console');
    await page.locator('[data-status=interrupted]').waitFor();
    await post('MISSED-1');
    await handoff.ready();
    await isLive(page);
    await page.getByRole('row').filter({ hasText: 'MISSED-1' }).waitFor();
    expect(await page.locator('html').getAttribute('data-opened')).toBe('once');
  }, 180_000);

  it('ends with the session, and the page says how to have another', async () => {
    const { page, context } = await comes('Ada');
    await open(page, '/tickets?sort=opened');
    const other = await context.newPage();
    await open(other, '/queues');
    expect(await other.evaluate(async () => (await fetch('/api/session', { method: 'DELETE', headers: { 'content-type': 'application/json', 'x-handoff-console': '1' } })).status)).toBeLessThan(300);
    // Nobody touches this one: the stream itself is what ends.
    await page.getByRole('alertdialog').getByText('npx handoff console link').waitFor();
    await shoot(page, 'live-session-ended');
  });
});
