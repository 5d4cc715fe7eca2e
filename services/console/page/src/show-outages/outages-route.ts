import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';

export const outagesRoute = createRoute({ getParentRoute: () => shellRoute, path: '/outages', component: lazyRouteComponent(() => import('./outages-page.js'), 'OutagesPage') });
