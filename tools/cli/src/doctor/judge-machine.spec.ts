import { judgeDisk, judgeInstall, judgeNode, judgeRun } from './judge-machine.js';

const LOCAL = { isAlive: () => true, isRemote: false };
const aRecord = (change: object = {}) => ({ state: 'read', record: { pid: 7, startedAt: '2026-11-01T09:00:00Z', state: 'ready', children: { intake: 8 }, ...change } }) as const;

describe('the doctor on this machine', () => {
  it.each([['20.18.3', true], ['20.19.0', false], ['18.20.1', true], ['24.21.0', false]])('judges Node %s', (version, isFinding) => {
    expect(judgeNode(version).isFinding).toBe(isFinding);
  });

  it('finds dependencies that are missing, incomplete or outdated', () => {
    const installed = { lockWrittenAtMs: 10, installedAtMs: 20, hasOwnNode: true, isStamped: false };
    expect(judgeInstall(installed).isFinding).toBe(false);
    expect(judgeInstall({ ...installed, installedAtMs: null }).text).toBe('The dependencies are not installed.');
    expect(judgeInstall({ ...installed, hasOwnNode: false }).text).toContain('missing from node_modules');
    expect(judgeInstall({ ...installed, installedAtMs: 5 }).text).toBe('The dependencies are older than package-lock.json.');
  });

  it('believes the bootstrap about a lock file that was only touched', () => {
    expect(judgeInstall({ lockWrittenAtMs: 10, installedAtMs: 5, hasOwnNode: true, isStamped: true }).isFinding).toBe(false);
  });

  it('finds that Handoff was not started, unless the addresses of another machine were given', () => {
    expect(judgeRun({ state: 'absent' }, LOCAL)).toMatchObject({ isFinding: true, remedy: 'Run: npm start' });
    expect(judgeRun({ state: 'absent' }, { ...LOCAL, isRemote: true }).isFinding).toBe(false);
  });

  it('finds a run that ended without cleaning up, and one that lost a service', () => {
    expect(judgeRun(aRecord(), LOCAL).isFinding).toBe(false);
    expect(judgeRun(aRecord(), { ...LOCAL, isAlive: () => false }).text).toContain('process 7 has ended');
    expect(judgeRun(aRecord(), { ...LOCAL, isAlive: (pid) => pid === 7 }).text).toBe('Handoff runs as process 7, but ended: intake.');
  });

  it('asks for patience while Handoff starts', () => {
    expect(judgeRun(aRecord({ state: 'starting' }), LOCAL).remedy).toContain('ask again');
  });

  it('finds a record that is damaged', () => {
    expect(judgeRun({ state: 'unreadable' }, LOCAL).isFinding).toBe(true);
    expect(judgeRun(aRecord({ pid: 'x' }), LOCAL).text).toContain('(unknown)');
  });

  it('finds a disk that is nearly full, and says nothing where that cannot be told', () => {
    expect(judgeDisk('/data', 5 * 1_073_741_824)).toMatchObject({ isFinding: false, text: '5.0 GiB are free for /data.' });
    expect(judgeDisk('/data', 1_073_741_823).isFinding).toBe(true);
    expect(judgeDisk('/data', null).isFinding).toBe(false);
  });
});
