import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';

/** Which version is open. */
export interface MatrixSearch {
  readonly version?: string;
}

function matrixSearchOf({ version }: Readonly<Record<string, unknown>>): MatrixSearch {
  return typeof version === 'string' || typeof version === 'number' ? { version: String(version).slice(0, 64) } : {};
}

export const matrixRoute = createRoute({ getParentRoute: () => shellRoute, path: '/matrix', validateSearch: matrixSearchOf, component: lazyRouteComponent(() => import('./matrix-page.js'), 'MatrixPage') });
