import type { LinkProps } from '@tanstack/react-router';
import type { IconName } from '../design/icon.js';
import type { WordKey } from '../words/word-key.js';

export interface NavigationEntry {
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: WordKey;
  readonly icon: IconName;
  /** Two keys, the first of which is `g`. */
  readonly keys: readonly [string, string];
}

/** The pages in the order of the navigation. A page adds a line here and its route in routes.ts. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { to: '/queues', label: 'nav.queues', icon: 'queues', keys: ['g', 'q'] },
  { to: '/tickets', label: 'nav.tickets', icon: 'tickets', keys: ['g', 't'] },
  { to: '/undelivered', label: 'nav.undelivered', icon: 'undelivered', keys: ['g', 'u'] },
  { to: '/overview', label: 'nav.overview', icon: 'overview', keys: ['g', 'o'] },
  { to: '/sources', label: 'nav.sources', icon: 'sources', keys: ['g', 's'] },
  { to: '/outages', label: 'nav.outages', icon: 'outages', keys: ['g', 'h'] },
  { to: '/directory', label: 'nav.directory', icon: 'directory', keys: ['g', 'd'] },
  { to: '/matrix', label: 'nav.matrix', icon: 'matrix', keys: ['g', 'r'] },
  { to: '/explain', label: 'nav.explain', icon: 'search', keys: ['g', 'e'] },
  { to: '/wallboard', label: 'nav.wallboard', icon: 'wall', keys: ['g', 'w'] },
];
