import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';

export const queuesRoute = createRoute({ getParentRoute: () => shellRoute, path: '/queues', component: lazyRouteComponent(() => import('./queues-page.js'), 'QueuesPage') });
