import { MemoryDatabase, MemoryTransactions } from '@handoff/messaging';
import { MovableClock } from '@handoff/testing';
import { ActivateVersionHandler } from './activate-version.handler.js';
import { ActiveMatrix, UnusableMatrix } from './active-matrix.js';
import { ManageVersionsHandler } from './manage-versions.handler.js';
import { casesText, passingText } from './matrix-texts.fixture.js';
import { MemoryMatrixStore } from './matrix.store.memory.js';
import { storeDefaultMatrix } from './store-default-matrix.js';

async function setUp() {
  const store = new MemoryMatrixStore();
  const transactions = new MemoryTransactions(new MemoryDatabase(), { owner: '1', handOff: () => Promise.resolve() });
  const clock = new MovableClock();
  const ports = { store, transactions, clock };
  await storeDefaultMatrix(ports);
  const [versions, activation] = [new ManageVersionsHandler(ports), new ActivateVersionHandler(ports, 'named')];
  const prepare = async (version: string) => {
    await versions.create({ version, ...passingText(version), by: 'anna' });
    await versions.test(version);
  };
  return { ...ports, versions, activation, prepare, active: await ActiveMatrix.open(ports), activate: (version: string, at: string | null = null) => activation.activate(version, { at, expectedActive: null }, 'bea') };
}

describe('the active version of the matrix', () => {
  it('is the one that Handoff comes with, until somebody activates another', async () => {
    const { active, store, transactions, ...rest } = await setUp();
    expect(active.current().version).toBe('default-1');
    await storeDefaultMatrix({ store, transactions, clock: rest.clock });
    expect(await transactions.run(() => store.active())).toEqual({ version: 'default-1', activation: 1 });
  });

  it('is used for the next tickets at once, without waiting for a look at the table', async () => {
    const { active, prepare, activate, transactions } = await setUp();
    await prepare('2026-03');
    await activate('2026-03');
    expect(active.current().version).toBe('default-1');
    expect((await transactions.run((tx) => active.forChunk(tx))).version).toBe('2026-03');
    expect(active.current().version).toBe('2026-03');
  });

  it('is not set back by tickets that began under the former one', async () => {
    const { active, prepare, activate, transactions, store } = await setUp();
    const former = await transactions.run(() => store.active());
    await prepare('2026-03');
    await activate('2026-03');
    await active.refresh();
    const slow = await ActiveMatrix.open({ store, transactions });
    const stored = store.active.bind(store);
    store.active = () => Promise.resolve(former);
    expect((await transactions.run((tx) => slow.forChunk(tx))).version).toBe('default-1');
    store.active = stored;
    expect(slow.current().version).toBe('2026-03');
  });

  it('goes back by a rollback, step by step to the first', async () => {
    const { active, prepare, activate, activation } = await setUp();
    for (const version of ['2026-03', '2026-04']) {
      await prepare(version);
      await activate(version);
    }
    await activation.rollback(null, 'bora');
    expect((await active.refresh()).version).toBe('2026-03');
    await activation.rollback(null, 'bora');
    expect((await active.refresh()).version).toBe('default-1');
    await expect(activation.rollback(null, 'bora')).rejects.toMatchObject({ status: 409, code: 'no-former-version' });
  });

  it('changes when the time of a scheduled one has come, and not before', async () => {
    const { active, prepare, activate, activation, clock } = await setUp();
    await prepare('2026-03');
    expect(await activate('2026-03', '2026-11-02T09:00:00.000Z')).toMatchObject({ state: 'tested', activatesAt: '2026-11-02T09:00:00.000Z' });
    expect([await activation.activateDue(), (await active.refresh()).version]).toEqual([[], 'default-1']);
    clock.advance(3_600_000);
    expect([await activation.activateDue(), (await active.refresh()).version]).toEqual([[], '2026-03']);
  });

  it('is not replaced by a scheduled one that was meant to replace another, and says so', async () => {
    const { active, prepare, activate, activation, versions, clock } = await setUp();
    await prepare('2026-03');
    await prepare('2026-04');
    await activate('2026-04', '2026-11-02T09:00:00.000Z');
    await activate('2026-03');
    clock.advance(3_600_000);
    expect(await activation.activateDue()).toMatchObject([{ version: '2026-04' }]);
    expect([await activation.activateDue(), (await active.refresh()).version]).toEqual([[], '2026-03']);
    expect(await versions.get('2026-04')).toMatchObject({ activatesAt: null, note: expect.stringContaining("'2026-03' is active now") });
  });

  it('that was scheduled can be called off', async () => {
    const { prepare, activate, activation, clock, active } = await setUp();
    await prepare('2026-03');
    await activate('2026-03', '2026-11-02T09:00:00.000Z');
    expect(await activation.unschedule('2026-03')).toMatchObject({ state: 'tested', activatesAt: null });
    clock.advance(3_600_000);
    await activation.activateDue();
    expect((await active.refresh()).version).toBe('default-1');
  });

  it('that this program cannot read keeps it from starting', async () => {
    const { store, transactions } = await setUp();
    await transactions.run(async (tx) => {
      await store.add(tx, { version: 'newer', matrix: '{"version": "newer", "rows": []}', cases: '', base: null, at: '2026-11-02T08:00:00.000Z', by: 'anna' });
      await store.activate(tx, { version: 'newer', replaced: 'default-1', at: '2026-11-02T08:00:00.000Z', by: 'anna' });
    });
    await expect(ActiveMatrix.open({ store, transactions })).rejects.toThrow(UnusableMatrix);
  });
});

describe('a draft', () => {
  it('with a failed case becomes tested when it is mended, and is then fixed', async () => {
    const { versions, activate } = await setUp();
    const { matrix } = passingText('2026-03');
    await versions.create({ version: '2026-03', matrix, cases: casesText('partner/3001'), by: 'anna' });
    const { version, results } = await versions.test('2026-03');
    expect([version.state, results]).toMatchObject(['draft', [{ passed: false, differences: [{ path: 'queue', expected: 'partner/3001', actual: 'isv/contoso' }] }]]);
    await expect(activate('2026-03')).rejects.toMatchObject({ code: 'cases-failed' });
    const { version: mended } = await versions.replace({ version: '2026-03', ...passingText('2026-03'), revision: version.revision, by: 'anna' });
    await expect(activate('2026-03')).rejects.toMatchObject({ code: 'not-tested' });
    await expect(versions.replace({ version: '2026-03', ...passingText('2026-03'), revision: mended.revision - 1, by: 'anna' })).rejects.toMatchObject({ status: 412, code: 'revision-conflict' });
    expect((await versions.test('2026-03')).version.state).toBe('tested');
    await expect(versions.replace({ version: '2026-03', ...passingText('2026-03'), revision: mended.revision + 1, by: 'anna' })).rejects.toMatchObject({ code: 'not-draft' });
  });

  it('needs a case, and rules that can be used', async () => {
    const { versions } = await setUp();
    const { matrix, cases } = passingText('2026-03');
    await expect(versions.create({ version: '2026-03', matrix, cases: '{"cases": []}', by: 'anna' })).rejects.toMatchObject({ status: 422, code: 'matrix-invalid' });
    await expect(versions.create({ version: '2026-03', matrix: matrix.replace('"stage": "gate"', '"stage": "door"'), cases, by: 'anna' })).rejects.toMatchObject({ status: 422, fields: expect.arrayContaining([expect.objectContaining({ field: '/matrix', line: expect.any(Number), remedy: expect.any(String) })]) });
  });

  it('is named by what it is stored as, whatever its text says', async () => {
    const { versions, activate, active } = await setUp();
    const { findings } = await versions.create({ version: '2026-03', ...passingText('another'), by: 'anna' });
    expect(findings).toContainEqual(expect.objectContaining({ severity: 'warning', code: 'version-differs' }));
    await versions.test('2026-03');
    await activate('2026-03');
    expect((await active.refresh()).version).toBe('2026-03');
  });

  it('without cases is held to those of the active version', async () => {
    const { versions } = await setUp();
    const { version } = await versions.create({ version: '2026-03', matrix: passingText('2026-03').matrix, by: 'anna' });
    expect(version.cases).toBe((await versions.get('default-1')).cases);
  });
});
