import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';

export const undeliveredRoute = createRoute({ getParentRoute: () => shellRoute, path: '/undelivered', component: lazyRouteComponent(() => import('./undelivered-page.js'), 'UndeliveredPage') });
