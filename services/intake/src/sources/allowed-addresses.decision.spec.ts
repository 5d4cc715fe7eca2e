import { addressProblem, isAllowedAddress } from './allowed-addresses.decision.js';

const LIST = ['203.0.113.0/24', '198.51.100.7', '2001:db8:1::/48'];

describe('an address that webhooks come from', () => {
  it.each([
    '203.0.113.0', '203.0.113.255', '203.0.113.9:51234', '198.51.100.7', '::ffff:203.0.113.9', '::FFFF:198.51.100.7', '2001:db8:1::', '2001:0DB8:0001:ffff::1', '[2001:db8:1::5]:443', '2001:db8:1::5%eth0',
  ])('%s is allowed by its network', (address) => {
    expect(isAllowedAddress(address, LIST)).toBe(true);
  });

  it.each(['203.0.114.0', '203.0.112.255', '198.51.100.8', '2001:db8:2::', '::1', '127.0.0.1', '', 'unknown', 'unix:', '203.0.113.9, 198.51.100.7', '0203.0.113.9', '203.0.113'])('%j is not', (address) => {
    expect(isAllowedAddress(address, LIST)).toBe(false);
  });

  it('is never asked for where the source has no list', () => {
    expect(isAllowedAddress('unknown', [])).toBe(true);
  });

  it('is allowed as IPv4 where the list has it within IPv6', () => {
    expect(isAllowedAddress('203.0.113.9', ['::ffff:203.0.113.0/120'])).toBe(true);
  });

  it('is allowed by a network that has all of its kind', () => {
    expect([isAllowedAddress('203.0.113.9', ['0.0.0.0/0']), isAllowedAddress('2001:db8::1', ['0.0.0.0/0']), isAllowedAddress('2001:db8::1', ['::/0'])]).toEqual([true, false, true]);
  });
});

describe('an entry of the list', () => {
  it.each(['203.0.113.7', '203.0.113.0/24', '203.0.113.7/24', '2001:db8::/32', '::1', '0.0.0.0/0'])('may be %s', (entry) => {
    expect(addressProblem(entry)).toBeNull();
  });

  it.each(['', 'intake.example', '203.0.113.0/33', '2001:db8::/129', '203.0.113', '203.0.113.0/', '203.0.113.0/-1', '*', 'fe80::1%eth0', '10.0.0.1-10.0.0.9'])('cannot be %j', (entry) => {
    expect(addressProblem(entry)).toMatch(/must be an address, or a network/);
  });
});
