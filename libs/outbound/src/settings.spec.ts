import { z } from 'zod';
import { refusalOf } from './destination/destination.decision.js';
import { egressPolicyOf, egressSettings } from './settings.js';

const read = (env: Record<string, string>) => z.object(egressSettings).safeParse(env);

describe('settings of calls to other servers', () => {
  it('allow nothing, and ask the operating system, by default', () => {
    const { data } = read({});
    expect(data).toMatchObject({ EGRESS_ALLOW_PRIVATE: false, EGRESS_DNS_SERVERS: [] });
    expect(data === undefined ? null : refusalOf('10.0.0.1', 'desk.contoso.example', egressPolicyOf(data))).toMatch(/internal/);
  });

  it('are read as lists', () => {
    const { data } = read({ EGRESS_ALLOW: ' 10.0.0.0/8 , desk.contoso.example,', EGRESS_DNS_SERVERS: '10.0.0.2, 10.0.0.3:5353 ,[fd00::2]:53', EGRESS_ALLOW_PRIVATE: 'true' });
    expect(data).toMatchObject({ EGRESS_ALLOW_PRIVATE: true, EGRESS_DNS_SERVERS: ['10.0.0.2', '10.0.0.3:5353', '[fd00::2]:53'], EGRESS_ALLOW: { hosts: new Set(['desk.contoso.example']) } });
  });

  it.each([['EGRESS_ALLOW', '10.0.0.0/99'], ['EGRESS_ALLOW', 'desk.contoso.example; 10.0.0.1'], ['EGRESS_DNS_SERVERS', 'dns.contoso.example'], ['EGRESS_DNS_SERVERS', '10.0.0.999'], ['EGRESS_ALLOW_PRIVATE', 'yes']])('refuse %s=%s by name', (name, value) => {
    expect(read({ [name]: value }).error?.issues.map(({ path }) => path)).toEqual([[name]]);
  });
});
