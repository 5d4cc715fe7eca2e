import { NOTHING_ALLOWED, parseAllowList } from './allow-list.js';
import { addressOf, rangeOf } from './address-range.decision.js';
import { type EgressPolicy, refusalOf, urlProblemOf } from './destination.decision.js';

const strict: EgressPolicy = { allowPrivate: false, allow: NOTHING_ALLOWED };
const local: EgressPolicy = { ...strict, allowPrivate: true };
const listing = (text: string): EgressPolicy => ({ ...strict, allow: parseAllowList(text) });

describe('where an address leads', () => {
  it.each([
    // IPv4: first and last of each range, and their neighbours.
    ['0.0.0.0', 'special'], ['0.255.255.255', 'special'], ['1.0.0.0', 'public'], ['9.255.255.255', 'public'], ['10.0.0.0', 'internal'], ['10.255.255.255', 'internal'], ['11.0.0.0', 'public'],
    ['100.63.255.255', 'public'], ['100.64.0.0', 'internal'], ['100.127.255.255', 'internal'], ['100.128.0.0', 'public'], ['100.100.100.200', 'metadata'],
    ['126.255.255.255', 'public'], ['127.0.0.1', 'internal'], ['127.255.255.255', 'internal'], ['128.0.0.0', 'public'], ['168.63.129.15', 'public'], ['168.63.129.16', 'metadata'],
    ['169.253.255.255', 'public'], ['169.254.0.0', 'special'], ['169.254.169.254', 'metadata'], ['169.254.170.2', 'special'], ['169.255.0.0', 'public'],
    ['172.15.255.255', 'public'], ['172.16.0.0', 'internal'], ['172.31.255.255', 'internal'], ['172.32.0.0', 'public'], ['192.0.0.192', 'special'], ['192.0.1.0', 'public'], ['192.0.2.1', 'special'],
    ['192.88.99.1', 'special'], ['192.167.255.255', 'public'], ['192.168.0.0', 'internal'], ['192.168.255.255', 'internal'], ['192.169.0.0', 'public'],
    ['198.17.255.255', 'public'], ['198.18.0.0', 'special'], ['198.19.255.255', 'special'], ['198.20.0.0', 'public'], ['198.51.100.7', 'special'], ['203.0.113.7', 'special'],
    ['223.255.255.255', 'public'], ['224.0.0.1', 'special'], ['239.255.255.255', 'special'], ['240.0.0.1', 'special'], ['255.255.255.255', 'special'], ['8.8.8.8', 'public'],
    // IPv6.
    ['::', 'special'], ['::1', 'internal'], ['fc00::1', 'internal'], ['fd12:3456::1', 'internal'], ['fdff:ffff::1', 'internal'], ['fd00:ec2::254', 'metadata'], ['fd20:ce::254', 'metadata'],
    ['fe80::1', 'special'], ['fe80::1%eth0', 'special'], ['febf::1', 'special'], ['fec0::1', 'special'], ['ff02::1', 'special'], ['ff0e::1', 'special'], ['100::1', 'special'], ['4000::1', 'special'], ['1fff::1', 'special'],
    ['2001:db8::1', 'special'], ['3fff::1', 'special'], ['2001::1', 'special'], ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'special'], ['2001:2::1', 'special'], ['2001:10::1', 'special'], ['2001:20::1', 'special'],
    ['2002:7f00:1::', 'special'], ['2002:808:808::1', 'special'], ['5f00::1', 'special'], ['2606:4700::6810:85e5', 'public'], ['2001:4860:4860::8888', 'public'], ['2a00:1450::1', 'public'],
    // IPv4 within IPv6.
    ['::ffff:127.0.0.1', 'internal'], ['::ffff:7f00:1', 'internal'], ['0:0:0:0:0:ffff:a9fe:a9fe', 'metadata'], ['::ffff:8.8.8.8', 'public'], ['::ffff:0:127.0.0.1', 'special'], ['::127.0.0.1', 'special'], ['::8.8.8.8', 'special'],
    ['::7f00:1', 'special'], ['64:ff9b::127.0.0.1', 'internal'], ['64:ff9b::a9fe:a9fe', 'metadata'], ['64:ff9b::8.8.8.8', 'public'], ['64:ff9b:1::1', 'special'], ['2606:4700::5efe:7f00:1', 'special'], ['fe80::5efe:127.0.0.1', 'special'],
  ])('%s is %s', (address, range) => {
    const parsed = addressOf(address);
    expect(parsed === null ? null : rangeOf(parsed)).toBe(range);
  });

  it.each(['', 'localhost', '127.1', '0x7f.0.0.1', '017700000001', '2130706433', '1.2.3.4.5', '::ffff:1.2.3', '127.0.0.1/8', '１２７.0.0.1'])('%p is no address, and refused', (text) => {
    expect(addressOf(text)).toBeNull();
    expect(refusalOf(text, 'contoso.example', local)).toMatch(/no public one/);
  });
});

describe('URLs that are refused before anything is looked up', () => {
  it.each([
    // Encodings of loopback: decimal, octal, hexadecimal, short, mixed, with a dot, percent-encoded, full-width, enclosed.
    'http://127.0.0.1/', 'http://2130706433/', 'http://0x7f000001/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://017700000001/', 'http://127.1/', 'http://127.0.1/', 'http://0x7f.0.0.0x1/', 'http://0177.0x0.1/',
    'http://127.0.0.1./', 'http://%31%32%37.0.0.1/', 'http://127%2e0%2e0%2e1/', 'http://１２７.０.０.１/', 'http://127。0。0。1/', 'http://①②⑦.⓪.⓪.①/', 'http:127.0.0.1/', 'http:///127.0.0.1/', 'http:\\\\127.0.0.1\\', 'HTTP://127.0.0.1:80/', 'http://127.0.0.1:8080/x',
    ' http://127.0.0.1/', 'http://127.0.0.1#@contoso.example/', 'http://127.0.0.1\t/', 'ht\ntp://127.0.0.1/',
    // Of other addresses.
    'http://0/', 'http://0.0.0.0:8082/', 'http://[::]/', 'http://[::1]:8083/', 'http://[0:0:0:0:0:0:0:1]/', 'http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/', 'http://[::127.0.0.1]/', 'http://[64:ff9b::127.0.0.1]/', 'http://[2002:7f00:1::]/',
    'https://169.254.169.254/latest/meta-data', 'http://2852039166/', 'http://0xA9FEA9FE/', 'http://0251.0376.0251.0376/', 'http://169.254.43518/', 'http://[::ffff:a9fe:a9fe]/', 'http://[fd00:ec2::254]/', 'http://100.100.100.200/', 'http://168.63.129.16/',
    'http://10.0.0.1/', 'http://192.168.257/', 'http://172.16.0.1/', 'http://100.64.0.1/', 'http://[fe80::1]/', 'http://[fc00::1]/', 'http://255.255.255.255/', 'http://224.0.0.1/',
    // Names that stand for an address.
    'http://localhost/', 'http://LOCALHOST:8080/', 'http://localhost./', 'http://anything.localhost/', 'http://ⓛocalhost/', 'http://metadata.google.internal/', 'http://METADATA.google.internal./', 'http://metadata/', 'http://instance-data/', 'http://metadata.azure.internal/',
  ])('%s', (url) => {
    expect(urlProblemOf(url, strict)).toMatch(/EGRESS_ALLOW/);
  });

  it.each([
    'ftp://contoso.example/', 'file:///etc/passwd', 'gopher://contoso.example/', 'javascript:alert(1)', 'data:,x', 'ws://contoso.example/', 'contoso.example', '//contoso.example/', '', 'http://', 'http://[fe80::1%25eth0]/', 'http://[::1', 'http://256.1.1.1/',
    'https://user:password@contoso.example/', 'http://contoso.example@127.0.0.1/', 'http://contoso.example:80@127.0.0.1/', 'http://%61@contoso.example/', 'http://contoso.example:99999/', 'http://conto so.example/', 'http://contoso%00.example/',
  ])('%s, whatever is allowed', (url) => {
    expect(urlProblemOf(url, { ...listing('0.0.0.0/0, ::/0, *.example, localhost'), allowPrivate: true })).toEqual(expect.any(String));
  });

  it.each(['https://contoso.example/hook', 'http://contoso.example:8080/?a=b', 'https://8.8.8.8/', 'https://[2606:4700::1]/', 'https://localhost.contoso.example/', 'https://metadata.contoso.example/', 'https://contoso.example\\@127.0.0.1/'])('but not %s', (url) => {
    expect(urlProblemOf(url, strict)).toBeNull();
  });
});

describe('what an installation allows', () => {
  it('is private and loopback addresses, with EGRESS_ALLOW_PRIVATE, and neither metadata nor link-local ones', () => {
    expect(['http://127.0.0.1:9999/', 'http://localhost/', 'http://10.1.2.3/', 'http://[::1]/', 'http://[fd12::1]/', 'http://100.64.0.1/', 'http://[::ffff:10.0.0.1]/'].filter((url) => urlProblemOf(url, local) !== null)).toEqual([]);
    expect(['http://169.254.169.254/', 'http://metadata.google.internal/', 'http://[fd00:ec2::254]/', 'http://[fe80::1]/', 'http://0.0.0.0/', 'http://224.0.0.1/', 'http://100.100.100.200/'].filter((url) => urlProblemOf(url, local) === null)).toEqual([]);
  });

  it.each([
    ['10.20.0.0/16', '10.20.255.255', null], ['10.20.0.0/16', '10.21.0.0', 'internal'], ['10.20.0.0/16', '::ffff:10.20.0.1', null], ['::ffff:10.20.0.0/112', '10.20.0.1', null], ['::ffff:10.20.0.1', '10.20.0.1', null], ['::ffff:10.20.0.0/112', '10.21.0.1', 'internal'], ['127.0.0.1', '127.0.0.1', null], ['127.0.0.1', '127.0.0.2', 'internal'],
    ['fd12::/16', 'fd12::1', null], ['fd12::/16', 'fd13::1', 'internal'], ['169.254.169.254', '169.254.169.254', null], ['192.0.2.0/24', '192.0.2.9', null], ['10.0.0.0/8', 'fd12::1', 'internal'],
    ['desk.contoso.example', '10.0.0.1', null], ['DESK.contoso.example.', '127.0.0.1', null], ['*.contoso.example', '10.0.0.1', null], ['contoso.example', '10.0.0.1', 'internal'], ['*.desk.contoso.example', '10.0.0.1', 'internal'],
    ['desk.contoso.example', '169.254.169.254', 'metadata'], ['desk.contoso.example', 'fe80::1', 'no public one'],
  ])('with EGRESS_ALLOW=%s: desk.contoso.example at %s is refused as %p', (allow, address, refusal) => {
    const answer = refusalOf(address, 'desk.contoso.example', listing(allow));
    if (refusal === null) expect(answer).toBeNull();
    else expect(answer).toContain(refusal);
  });

  it('can be narrowed to https and to ports', () => {
    expect(urlProblemOf('http://contoso.example/', { ...strict, httpsOnly: true })).toMatch(/https/);
    expect(urlProblemOf('https://contoso.example/', { ...strict, httpsOnly: true, ports: [443] })).toBeNull();
    expect(urlProblemOf('https://contoso.example:22/', { ...strict, ports: [443, 8443] })).toBe('Only these ports are possible: 443, 8443.');
    expect(urlProblemOf('http://contoso.example/', { ...strict, ports: [80] })).toBeNull();
  });

  it.each(['10.0.0.0/33', '10.0.0/8', '2130706433', '0x7f.1', 'http://contoso.example', 'contoso example', '*', 'a.*.example', '-a.example', '[::1]', 'contoso.example:443', '1.2.3.4.5'])('does not take %p for an entry', (entry) => {
    expect(() => parseAllowList(`contoso.example, ${entry}`)).toThrow(`'${entry}' is not an address`);
  });
});
