import { isPublicAddress, urlProblemOf } from './egress.decision.js';

describe('addresses that webhooks may reach', () => {
  it.each(['93.184.215.14', '8.8.8.8', '172.32.0.1', '2606:4700::6810:85e5'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '168.63.129.16', '224.0.0.1', '255.255.255.255',
    '::1', '::', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'ff02::1', 'not an address', '',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    'http://127.0.0.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'https://169.254.169.254/latest/meta-data',
    'ftp://contoso.example/', 'file:///etc/passwd', 'https://user:password@contoso.example/', 'contoso.example',
  ])('the URL %s is refused', (url) => {
    expect(urlProblemOf(url, { allowPrivate: false })).toEqual(expect.any(String));
  });

  it('a local URL is possible where private addresses are allowed', () => {
    expect(urlProblemOf('http://127.0.0.1:9999/', { allowPrivate: true })).toBeNull();
    expect(urlProblemOf('https://contoso.example/hook', { allowPrivate: false })).toBeNull();
  });
});
