import path from 'node:path';
import { MailStore } from './mail-store.js';
import { startMailWeb } from './mail-web.js';
import { startSmtpServer, type Listening } from './smtp-server.js';

export interface MailPorts {
  readonly smtp: number;
  readonly page: number;
}

/** Starts the mail server for development and its page. Messages are kept below the data directory. */
export async function startDevelopmentMail(ports: MailPorts, dataDir: string): Promise<Listening> {
  const store = await MailStore.open(path.join(dataDir, 'mail'));
  const smtp = await startSmtpServer(ports.smtp, store);
  try {
    const web = await startMailWeb(ports.page, store);
    return { close: async () => void (await Promise.all([smtp.close(), web.close()])) };
  } catch (error) {
    await smtp.close();
    throw error;
  }
}
