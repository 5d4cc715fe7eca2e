import { ADAPTERS } from '../adapters/adapters.js';
import { standardWebhooksAdapter } from '../adapters/standard-webhooks/standard-webhooks.adapter.js';
import type { SourceWithSecrets } from '../sources/source.js';
import { aSource } from '../sources/source.store.contract.js';
import { setupAsMarkdown, setupOf } from './setup.decision.js';

const now = new Date('2026-11-02T09:00:00.000Z');
const webhookUrl = 'https://intake.example/v1/sources/desk/webhooks';

function aSourceMadeAt(createdAt: string): SourceWithSecrets {
  return { source: aSource(), apiCredentials: null, secrets: [{ id: '2', secret: 'whsec_newest', createdAt, expiresAt: null }, { id: '1', secret: 'whsec_older', createdAt: '2026-11-02T08:59:00.000Z', expiresAt: '2026-11-03T00:00:00.000Z' }] };
}

const textOf = (source: SourceWithSecrets): string => setupAsMarkdown(setupOf(source, standardWebhooksAdapter, { webhookUrl, now }));

describe('the steps that connect a system', () => {
  it('hold address and secret for an hour after the secret was made', () => {
    const document = setupOf(aSourceMadeAt('2026-11-02T08:00:00.001Z'), standardWebhooksAdapter, { webhookUrl, now });
    expect(document).toMatchObject({ source: 'desk', title: 'Standard Webhooks', webhookUrl, showsSecret: true });
    expect(setupAsMarkdown(document)).toContain('whsec_newest');
    expect(setupAsMarkdown(document)).toContain(webhookUrl);
    expect(setupAsMarkdown(document)).not.toContain('whsec_older');
  });

  it('hold a placeholder afterwards, and say how to get another secret', () => {
    const text = textOf(aSourceMadeAt('2026-11-02T08:00:00.000Z'));
    expect(text).not.toContain('whsec_');
    expect(text).toContain('<the secret of this source>');
    expect(text).toContain('1. The secret of this source was made more than an hour ago, and is not shown again. Where you do not have it, make another: npx handoff source rotate desk');
  });

  it('are numbered, with what to copy as blocks of their own', () => {
    expect(textOf(aSourceMadeAt('2026-11-02T08:30:00.000Z'))).toContain(`2. URL:\n\n   \`\`\`text\n   ${webhookUrl}\n   \`\`\`\n\n3. Signing secret:`);
  });

  it('keep a block whole that has fences in it', () => {
    const adapter = { ...standardWebhooksAdapter, setup: () => [{ text: 'Copy:', snippet: { language: 'text' as const, content: 'a\n```\nb' } }] };
    expect(setupAsMarkdown(setupOf(aSourceMadeAt('2026-11-02T08:30:00.000Z'), adapter, { webhookUrl, now }))).toContain('   ````text\n   a\n   ```\n   b\n   ````');
  });

  it.each(ADAPTERS.map((adapter) => [adapter.name, adapter] as const))('of %s hold no secret that was made long ago', (_name, adapter) => {
    const text = setupAsMarkdown(setupOf(aSourceMadeAt('2026-10-02T08:00:00.000Z'), adapter, { webhookUrl, now }));
    expect(text).not.toContain('whsec_newest');
    expect(text).toContain(webhookUrl);
  });
});
