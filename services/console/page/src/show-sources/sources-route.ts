import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';

export const sourcesRoute = createRoute({ getParentRoute: () => shellRoute, path: '/sources', component: lazyRouteComponent(() => import('./sources-page.js'), 'SourcesPage') });
