import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type ProxyOptions } from 'vite';
import { compileWords } from './build/compile-words.js';
import { compressFiles } from './build/compress-files.js';

const ROOT = join(import.meta.dirname, '../../..');

/** While the page is worked on: calls go to a running `npm start`, signed in by its token. Nothing of this is in the built page. */
function callsToARunningHandoff(): Record<string, ProxyOptions> {
  const file = join(process.env['HANDOFF_DATA_DIR'] ?? join(ROOT, '.handoff'), 'token');
  const headers = existsSync(file) ? { authorization: `Bearer ${readFileSync(file, 'utf8').trim()}` } : {};
  const target = (port: number): string => `http://127.0.0.1:${port}`;
  const service = (name: string, port: number): Record<string, ProxyOptions> => ({ [`/api/${name}/v1`]: { target: target(port), headers, rewrite: (path) => path.replace(`/api/${name}`, '') } });
  return { ...service('intake', 8081), ...service('routing', 8082), ...service('notifier', 8083), '/api': { target: target(8080), headers } };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compileWords(join(import.meta.dirname, 'src')), compressFiles()],
  build: {
    target: 'es2023',
    // Nothing is put inline: the policy of the page allows scripts, styles and fonts as files of its own alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', port: 5173, proxy: callsToARunningHandoff() },
  preview: { host: '127.0.0.1', port: 4173, proxy: callsToARunningHandoff() },
});
