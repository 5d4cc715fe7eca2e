import { createRoute, redirect } from '@tanstack/react-router';
import { shellRoute } from '../shell/shell-route.js';

export const homeRoute = createRoute({ getParentRoute: () => shellRoute, path: '/', beforeLoad: () => redirect({ to: '/queues', replace: true, throw: true }) });
