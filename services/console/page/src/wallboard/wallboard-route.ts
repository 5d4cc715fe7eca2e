import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';

export const wallboardRoute = createRoute({ getParentRoute: () => shellRoute, path: '/wallboard', component: lazyRouteComponent(() => import('./wallboard-page.js'), 'WallboardPage') });
