import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';
import { ticketFilterOf } from './ticket-filter.js';

export const ticketsRoute = createRoute({ getParentRoute: () => shellRoute, path: '/tickets', validateSearch: ticketFilterOf, component: lazyRouteComponent(() => import('./tickets-page.js'), 'TicketsPage') });
