import { createRootRoute } from '@tanstack/react-router';
import { NotFound, PageBroken } from './broken.js';
import { Shell } from './shell.js';

export const shellRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageBroken });
