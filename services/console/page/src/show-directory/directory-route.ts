import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';
import { directorySearchOf } from './directory-search.js';

export const directoryRoute = createRoute({ getParentRoute: () => shellRoute, path: '/directory', validateSearch: directorySearchOf, component: lazyRouteComponent(() => import('./directory-page.js'), 'DirectoryPage') });
