import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';

export const explainRoute = createRoute({ getParentRoute: () => shellRoute, path: '/explain', component: lazyRouteComponent(() => import('./explain-page.js'), 'ExplainPage') });
