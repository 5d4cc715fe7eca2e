import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';
import { overviewSearchOf } from './overview-search.js';

export const overviewRoute = createRoute({ getParentRoute: () => shellRoute, path: '/overview', validateSearch: overviewSearchOf, component: lazyRouteComponent(() => import('./overview-page.js'), 'OverviewPage') });
