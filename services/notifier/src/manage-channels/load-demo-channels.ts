import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { StartupError } from '@handoff/platform';
import { z } from 'zod';
import { CHANNEL_KINDS, PURPOSES } from '../notification/notification.js';
import type { ManageChannelsHandler } from './manage-channels.handler.js';
import type { ChannelStore } from './channel.store.js';

const demoFile = z.strictObject({
  channels: z.array(z.strictObject({
    destination: z.string(), kind: z.enum(CHANNEL_KINDS), address: z.string().optional(), url: z.string().optional(), purposes: z.array(z.enum(PURPOSES)).optional(),
  })),
});

/** Loads `channels.json` of the demo folder, once: only when there is no channel. Returns how many. */
export async function loadDemoChannels(demoDir: string, store: ChannelStore, handler: ManageChannelsHandler): Promise<number> {
  if (!await store.isEmpty()) return 0;
  const file = path.join(demoDir, 'channels.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return '{"channels":[]}';
    throw error;
  });
  const { channels } = parse(file, text);
  for (const { destination, kind, address, url, purposes } of channels) {
    await handler.create({ destination, kind, ...(address === undefined ? {} : { address }), ...(url === undefined ? {} : { url }), ...(purposes === undefined ? {} : { purposes }) });
  }
  return channels.length;
}

function parse(file: string, text: string): z.output<typeof demoFile> {
  try {
    return demoFile.parse(JSON.parse(text));
  } catch (error) {
    throw new StartupError(`${file} is not usable: ${error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message}`);
  }
}
