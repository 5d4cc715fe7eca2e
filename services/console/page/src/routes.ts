import { createRouter } from '@tanstack/react-router';
import { shellRoute } from './shell/shell-route.js';
import { homeRoute } from './show-queues/home-route.js';
import { queuesRoute } from './show-queues/queues-route.js';
import { ticketRoute } from './show-ticket/ticket-route.js';
import { ticketsRoute } from './show-tickets/tickets-route.js';
import { undeliveredRoute } from './show-undelivered/undelivered-route.js';
import { overviewRoute } from './show-overview/overview-route.js';
import { sourcesRoute } from './show-sources/sources-route.js';
import { outagesRoute } from './show-outages/outages-route.js';
import { wallboardRoute } from './wallboard/wallboard-route.js';
import { explainRoute } from './explain/explain-route.js';
import { directoryRoute } from './show-directory/directory-route.js';
import { matrixRoute } from './edit-matrix/matrix-route.js';

/** Every page. A page is a folder with its route; add it here, and in shell/navigation-entries.ts where it has a place in the navigation. */
export const router = createRouter({
  routeTree: shellRoute.addChildren([homeRoute, queuesRoute, ticketsRoute, ticketRoute, undeliveredRoute, overviewRoute, sourcesRoute, outagesRoute, wallboardRoute, explainRoute, directoryRoute, matrixRoute]),
  scrollRestoration: true,
  // What somebody points at is mostly what they open.
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
