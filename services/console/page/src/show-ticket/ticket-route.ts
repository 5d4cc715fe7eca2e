import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';

export const ticketRoute = createRoute({ getParentRoute: () => shellRoute, path: '/tickets/$ticketId', component: lazyRouteComponent(() => import('./ticket-page.js'), 'TicketPage') });
