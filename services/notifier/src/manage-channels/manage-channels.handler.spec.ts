import { NOTHING_ALLOWED } from '@handoff/outbound';
import { MovableClock } from '@handoff/testing';
import { MemoryChannelStore } from './channel.store.memory.js';
import { ManageChannelsHandler, type NewChannel } from './manage-channels.handler.js';

const webhook: NewChannel = { destination: 'isv/contoso', kind: 'webhook', url: 'https://hooks.contoso.example/in' };
const mail: NewChannel = { destination: 'isv/contoso', kind: 'mail', address: 'tickets@contoso.example' };
const open = (allowPrivate = false) => new ManageChannelsHandler(new MemoryChannelStore(), new MovableClock(), { allowPrivate, allow: NOTHING_ALLOWED });

describe('managing channels', () => {
  it('makes a secret for a webhook, takes one that is given, and needs none for mail', async () => {
    expect((await open().create(webhook)).secret).toMatch(/^whsec_/);
    const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
    expect((await open().create({ ...webhook, secret })).secret).toBe(secret);
    expect((await open().create(mail)).secret).toBeNull();
  });

  it.each([
    ['a webhook without a URL', { destination: 'isv/contoso', kind: 'webhook' }, '/url'],
    ['a webhook with a mail address', { ...webhook, address: 'a@contoso.example' }, '/address'],
    ['a URL that is none', { ...webhook, url: 'contoso' }, '/url'],
    ['an internal URL', { ...webhook, url: 'http://169.254.169.254/' }, '/url'],
    ['a short secret', { ...webhook, secret: 'whsec_c2hvcnQ=' }, '/secret'],
    ['mail without an address', { destination: 'isv/contoso', kind: 'mail' }, '/address'],
    ['mail to a list', { ...mail, address: 'a@contoso.example, b@contoso.example' }, '/address'],
    ['mail with a secret', { ...mail, secret: 'x' }, '/secret'],
  ] as const)('refuses %s and names the field', async (_what, channel, field) => {
    await expect(open().create(channel)).rejects.toMatchObject({ status: 422, code: 'invalid-content', fields: [{ field }] });
  });

  it('keeps the credentials of a webhook, and wants them again with a new URL', async () => {
    const handler = open();
    const credentials = { headers: { 'X-Key': 'hunter2' } };
    const { channelId, credentialsShown } = await handler.create({ ...webhook, credentials });
    expect(credentialsShown).toEqual({ headers: ['X-Key'] });
    await expect(handler.change(channelId, { url: 'https://elsewhere.example/in' })).rejects.toMatchObject({ status: 422, fields: [{ field: '/credentials' }] });
    expect(await handler.change(channelId, { url: 'https://elsewhere.example/in', credentials: {} })).toMatchObject({ credentialsShown: null });
    await expect(handler.change(channelId, { credentials: { headers: { Host: 'x' } } })).rejects.toMatchObject({ status: 422, fields: [{ field: '/credentials/headers/Host' }] });
    await expect(handler.create({ ...mail, credentials })).rejects.toMatchObject({ fields: [{ field: '/credentials' }] });
  });

  it('makes a key pair for a webhook that shall be signed so, and takes none from others', async () => {
    const handler = open();
    const { channelId, secret, publicKey } = await handler.create({ ...webhook, signature: 'v1a' });
    expect([secret, publicKey]).toEqual([expect.stringMatching(/^whsk_/), expect.stringMatching(/^whpk_/)]);
    expect((await handler.rotate(channelId, { formerHoldsSeconds: 60 })).publicKey).not.toBe(publicKey);
    await expect(handler.create({ ...webhook, signature: 'v1a', secret: 'whsec_c2hvcnQ=' })).rejects.toMatchObject({ status: 422 });
    await expect(handler.create({ ...mail, signature: 'v1' })).rejects.toMatchObject({ fields: [{ field: '/signature' }] });
  });

  it('gives a webhook a new secret, beside which the former one holds for a while', async () => {
    const handler = open();
    const { channelId, secret } = await handler.create(webhook);
    const rotated = await handler.rotate(channelId, { formerHoldsSeconds: 3_600 });
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(rotated.secret).not.toBe(secret);
    expect(Date.parse(rotated.formerSecretUntil ?? '') - Date.parse(rotated.updatedAt)).toBe(3_600_000);
    const { channelId: mailId } = await handler.create(mail);
    await expect(handler.rotate(mailId, { formerHoldsSeconds: 0 })).rejects.toMatchObject({ status: 422, code: 'invalid-content' });
    await expect(handler.rotate(channelId, { secret: 'short', formerHoldsSeconds: 0 })).rejects.toMatchObject({ fields: [{ field: '/secret' }] });
  });

  it.each(['teams', 'slack'] as const)('keeps the URL of %s as a secret, and shows what tells it from others', async (kind) => {
    const handler = open();
    const url = 'https://chat.example/services/T0/B0/abcdefghijklmnopqrstuvwx';
    const { channelId, address, secret } = await handler.create({ destination: 'isv/contoso', kind, url });
    expect([address, secret]).toEqual(['https://chat.example/services/T0/B0/abcd…', url]);
    expect(await handler.change(channelId, { url: `${url}-2` })).toMatchObject({ address: 'https://chat.example/services/T0/B0/abcd…' });
    await expect(handler.create({ destination: 'isv/contoso', kind, url, secret: 'x' })).rejects.toMatchObject({ fields: [{ field: '/secret' }] });
  });

  const zendesk: NewChannel = { destination: 'isv/contoso', kind: 'ticketing', system: 'zendesk', url: 'https://contoso.zendesk.com/', settings: { groupId: 7 }, credentials: { email: 'a@contoso.example', apiToken: 'a-token' } };

  it('keeps the credentials of a ticketing system apart, and serves by it who must act', async () => {
    const handler = open();
    const { channelId, secret, ...shown } = await handler.create(zendesk);
    expect(shown).toMatchObject({ address: 'https://contoso.zendesk.com', purposes: ['act', 'hand-over'], ticketing: { system: 'zendesk', settings: { groupId: 7 } } });
    expect(JSON.parse(secret ?? '')).toEqual(zendesk.credentials);
    expect(JSON.stringify(await handler.get(channelId))).not.toContain('a-token');
    expect(await handler.change(channelId, { settings: { groupId: 8 } })).toMatchObject({ address: 'https://contoso.zendesk.com', ticketing: { settings: { groupId: 8 } } });
    await expect(handler.change(channelId, { url: 'https://other.zendesk.com' })).rejects.toMatchObject({ fields: [{ field: '/credentials' }] });
    await expect(handler.change(channelId, { settings: { group: 8 } })).rejects.toMatchObject({ fields: [{ field: '/settings' }] });
    expect(await handler.change(channelId, { url: 'https://other.zendesk.com/', credentials: { email: 'a@contoso.example', apiToken: 'another' } })).toMatchObject({ address: 'https://other.zendesk.com' });
    await expect(handler.rotate(channelId, { formerHoldsSeconds: 0 })).rejects.toMatchObject({ status: 422 });
  });

  it.each([
    ['no system', { ...zendesk, system: undefined }, ['/system']],
    ['no address', { ...zendesk, url: undefined }, ['/url']],
    ['an address that is not of the vendor', { ...zendesk, url: 'https://contoso.example' }, ['/url']],
    ['an address without TLS', { ...zendesk, url: 'http://contoso.zendesk.com' }, ['/url']],
    ['an address with a query', { ...zendesk, url: 'https://contoso.zendesk.com?a=1' }, ['/url']],
    ['a token missing', { ...zendesk, credentials: { email: 'a@contoso.example' } }, ['/credentials/apiToken']],
    ['a secret', { ...zendesk, secret: 'x' }, ['/secret']],
    ['a system for a webhook', { ...webhook, system: 'zendesk' }, ['/system']],
    ['settings for a webhook', { ...webhook, settings: {} }, ['/settings']],
  ] as const)('refuses a ticketing system with %s', async (_what, channel, fields) => {
    await expect(open().create(channel as NewChannel)).rejects.toMatchObject({ status: 422, fields: fields.map((field) => ({ field })) });
  });

  it('refuses a second channel with the same address, and a change of one that is not there', async () => {
    const handler = open();
    const { channelId } = await handler.create(mail);
    await expect(handler.create(mail)).rejects.toMatchObject({ status: 409, code: 'channel-exists' });
    await handler.remove(channelId);
    await expect(handler.change(channelId, { enabled: false })).rejects.toMatchObject({ status: 404, code: 'channel-not-found' });
    await expect(handler.remove(channelId)).rejects.toMatchObject({ status: 404 });
  });

  it('allows local URLs where the installation allows them', async () => {
    expect(await open(true).create({ ...webhook, url: 'http://127.0.0.1:9999/in' })).toMatchObject({ address: 'http://127.0.0.1:9999/in' });
  });
});
