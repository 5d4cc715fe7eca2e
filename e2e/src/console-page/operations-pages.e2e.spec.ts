import { eventually } from '@handoff/testing';
import type { Browser, Page } from 'playwright-core';
import { type RunningHandoff, startHandoff } from '../running-handoff.js';
import { axeFindings, launchChromium, shoot, type SignedIn, signIn } from './browser.js';

const PAGES = ['undelivered', 'overview', 'sources', 'outages', 'directory', 'matrix', 'explain'] as const;

let handoff: RunningHandoff;
let browser: Browser;
let ada: SignedIn;
let page: Page;

beforeAll(async () => {
  [handoff, browser] = await Promise.all([startHandoff(), launchChromium()]);
  await manage('POST', `${handoff.urls.intake}/v1/tickets`, { externalId: 'OPS-1', subject: 'Export stays empty', area: 'break-fix', asker: 'customer', offerId: 'contoso-crm', customerId: 'woodgrove' });
  // The address that it maps is too long for a ticket, so that its test ticket is parked.
  await manage('POST', `${handoff.urls.intake}/v1/sources`, { source: 'desk', adapter: 'standard-webhooks', mapping: { ticketUrl: `https://desk.example/${'x'.repeat(2_040)}/{externalId}` } });
  await manage('POST', `${handoff.urls.intake}/v1/sources/desk/test`);
  ada = await signIn(browser, handoff);
  ({ page } = ada);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await handoff?.stop();
}, 60_000);
afterEach(() => { expect(ada.faults).toEqual([]); });

async function manage(method: 'GET' | 'POST', url: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await handoff.request(url, { method, ...(body === undefined ? {} : { body }) });
  expect([url, answer.status >= 200 && answer.status < 300]).toEqual([url, true]);
  return answer.body as Record<string, unknown>;
}

async function go(path: string, viewer: Page = page): Promise<void> {
  await viewer.goto(`${handoff.urls.console}/${path}`);
  await viewer.getByRole('heading', { level: 1 }).waitFor();
}

const dialog = (viewer: Page = page) => viewer.locator('[role=dialog]:not([aria-modal=false])');
const heading = (name: string) => page.getByRole('heading', { level: 1, name });

describe('the pages for operations', () => {
  it.each([['light', 'en-GB', 1280], ['dark', 'en-GB', 1280], ['light', 'tr-TR', 1280], ['dark', 'en-GB', 400]] as const)('have nothing that axe objects to, %s in %s at %i px', async (colorScheme, locale, width) => {
    const viewer = await signIn(browser, handoff, { colorScheme, locale, viewport: { width, height: 800 } });
    const findings: string[] = [];
    for (const each of PAGES) {
      await go(each, viewer.page);
      await viewer.page.locator('[class*=_waiting_]').first().waitFor({ state: 'detached' });
      await shoot(viewer.page, `${each}-${colorScheme}-${locale.slice(0, 2)}-${width}`);
      findings.push(...(await axeFindings(viewer.page)).map((finding) => `${each}: ${finding}`));
    }
    expect([findings, viewer.faults]).toEqual([[], []]);
    await viewer.context.close();
  }, 120_000);

  it('are reached by two keys each', async () => {
    await go('queues');
    for (const [key, path] of [['u', 'undelivered'], ['o', 'overview'], ['s', 'sources'], ['h', 'outages'], ['d', 'directory'], ['r', 'matrix'], ['e', 'explain']] as const) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.waitForURL(new RegExp(`/${path}$`));
    }
  });

  it('say how many will be tried again, and take a webhook out of the way with a note', async () => {
    await go('undelivered');
    await page.getByRole('button', { name: /^Retry the one with field-invalid/ }).click();
    await dialog().getByText('Try 1 again?').waitFor();
    await dialog().getByRole('button', { name: 'Retry' }).click();
    await page.getByText('None was tried').waitFor();
    await page.getByRole('button', { name: /desk/ }).first().click();
    await page.getByRole('button', { name: 'Discard' }).first().click();
    await dialog().getByLabel('Who decides it').fill('Ada');
    await dialog().getByLabel('Why').fill('A test');
    await dialog().getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: /desk.*field-invalid/ }).waitFor({ state: 'detached' });
    const { items } = await manage('GET', `${handoff.urls.intake}/v1/parked-deliveries?discarded=true`);
    expect(items).toMatchObject([{ source: 'desk', discarded: { note: 'A test (Ada)' } }]);
  });

  it('count the tickets of a period, as a picture and as a table', async () => {
    await go('overview?days=1');
    await eventually(async () => {
      await page.reload();
      await page.getByRole('figure').first().waitFor({ timeout: 5_000 });
    }, { withinMs: 60_000 });
    await page.getByRole('button', { name: 'As table' }).first().click();
    await page.getByRole('cell', { name: '1', exact: true }).first().waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as CSV' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^handoff-overview-.*\.csv$/);
  });

  it('report an outage and its end, with the partners that were told', async () => {
    await go('outages');
    await page.getByRole('button', { name: 'Report an outage' }).click();
    await dialog().getByLabel('Offer (its id)').fill('contoso-crm');
    await dialog().getByLabel('What is out').fill('Sign-in is down in Europe.');
    await dialog().getByRole('button', { name: 'Send' }).click();
    const outage = page.getByRole('button', { name: /Sign-in is down/ });
    await outage.waitFor({ timeout: 60_000 });
    await outage.click();
    await page.getByText('Northwind Distribution').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'It is over' }).click();
    await dialog().getByRole('button', { name: 'Send' }).click();
    await page.getByText('No outage lasts').waitFor({ timeout: 60_000 });
  });

  it('send a test ticket, pause a source and show a new secret once', async () => {
    await go('sources');
    await page.getByRole('button', { name: /^webhooks-demo/ }).click();
    await page.getByRole('button', { name: 'Send a test ticket' }).click();
    await page.getByRole('link', { name: 'Open the test ticket' }).waitFor();
    const source = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^webhooks-demo/ }) }).first();
    await source.getByRole('button', { name: 'Pause' }).click();
    await source.getByText('Paused').waitFor();
    await source.getByRole('button', { name: 'Resume' }).click();
    await source.getByRole('button', { name: 'Rotate secret' }).click();
    await dialog().getByRole('button', { name: 'Rotate secret' }).click();
    await dialog().getByText(/^whsec_/).waitFor();
  });

  it('make a source and a channel, with secrets that are shown once, and try both', async () => {
    await go('sources');
    await page.getByRole('button', { name: 'New source' }).click();
    await dialog().getByLabel('Name').fill('made-here');
    await dialog().getByLabel('System', { exact: true }).selectOption('zendesk');
    await dialog().getByRole('button', { name: 'New source' }).click();
    await dialog().getByText('made-here is made').waitFor();
    await dialog().getByText('Copy the secret now').waitFor();
    await dialog().getByRole('button', { name: 'Send a test ticket' }).click();
    await dialog().getByRole('link', { name: 'Open the test ticket' }).waitFor();
    await dialog().getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'New channel' }).click();
    await dialog().getByLabel('Queue', { exact: true }).fill('isv/contoso');
    await dialog().getByLabel('Mail address').fill('made-here@contoso.example');
    await dialog().getByRole('button', { name: 'New channel' }).click();
    await dialog().getByRole('button', { name: 'Send a test message' }).click();
    await dialog().getByText('delivered', { exact: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Close' }).click();
    const { items } = await manage('GET', `${handoff.urls.notifier}/v1/notifications?destination=isv/contoso&state=delivered`);
    expect(items).toContainEqual(expect.objectContaining({ about: 'channel-test', address: 'made-here@contoso.example' }));
  }, 120_000);

  it('let nobody activate a version of the matrix that they wrote themselves', async () => {
    await go('matrix');
    await page.getByLabel('Name of a new version').fill('second-eyes');
    await page.getByRole('button', { name: 'New draft from this' }).click();
    await page.waitForURL(/version=second-eyes/);
    await page.getByRole('button', { name: 'Run its cases' }).click();
    await page.getByText('All passed').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Activate' }).click();
    expect(await dialog().getByRole('button', { name: 'Activate' }).isDisabled()).toBe(true);
    const grace = await signIn(browser, handoff, { name: 'Grace' });
    await go('matrix?version=second-eyes', grace.page);
    await grace.page.getByRole('button', { name: 'Activate' }).click();
    await dialog(grace.page).getByRole('button', { name: 'Activate' }).click();
    await grace.page.getByText('second-eyes decides now').waitFor();
    await grace.context.close();
  }, 120_000);

  it('change a row of a draft in its table, and keep the text around it', async () => {
    await go('matrix');
    const rows = page.getByRole('region', { name: 'Rows as a table' });
    await rows.getByPlaceholder('Find rows').fill('bills the customer');
    await rows.getByRole('row', { name: /customer-billing/ }).waitFor();
    expect(await rows.getByRole('row').count()).toBe(2);
    // Who did not write it changes nothing.
    expect(await rows.getByRole('button').count()).toBe(0);
    await page.getByLabel('Name of a new version').fill('by-rows');
    await page.getByRole('button', { name: 'New draft from this' }).click();
    await page.waitForURL(/version=by-rows/);
    const before = await page.getByLabel('Rows (YAML)').inputValue();
    await rows.getByRole('button', { name: 'Edit customer-billing' }).click();
    await dialog().getByLabel('Why, in words').fill('Whoever bills, answers.');
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, 'matrix-row');
    await dialog().getByRole('button', { name: 'Put into the draft' }).click();
    await rows.getByText('Whoever bills, answers.').waitFor();
    const after = await page.getByLabel('Rows (YAML)').inputValue();
    expect([after.slice(0, after.indexOf('customer-billing')), after.split('\n').at(-2)]).toEqual([before.slice(0, before.indexOf('customer-billing')), before.split('\n').at(-2)]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The draft is saved').waitFor();
    await page.getByRole('button', { name: 'What would change' }).click();
    await page.getByText(/would be decided otherwise/).waitFor();
  }, 120_000);

  it('answer who would get a ticket, and read an entry of the directory', async () => {
    await go('explain');
    await page.getByLabel('What it is about').selectOption('payment');
    await page.getByLabel('Offer (its id)').fill('contoso-crm');
    await page.getByLabel('Customer (its id)').fill('woodgrove');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'It would lie in partner/2002, by the row payment.' }).waitFor();
    await go('directory');
    await heading('Directory').waitFor();
    await page.getByRole('link', { name: /Northwind Distribution/ }).click();
    await page.getByRole('article').getByText('desk@northwind.example').waitFor();
  });
});
