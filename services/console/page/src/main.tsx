import './design/tokens.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CallFailed } from './api/call.js';
import { preferences } from './design/preferences.js';
import { goLive } from './live/live.js';
import { router } from './routes.js';
import { Toasts } from './shell/toasts.js';
import { mendBrowserLanguage } from './words/browser-language.js';
import { speak, WordsProvider } from './words/words.js';

const RETRIES_MAX = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What is shown is renewed when it is known to have changed, not by the clock.
      staleTime: 30_000,
      // A refusal stays one; what may be gone in a second is tried again.
      retry: (failures, error) => failures < RETRIES_MAX && error instanceof CallFailed && (error.status === 0 || error.status >= 502),
    },
  },
});

mendBrowserLanguage(navigator);
await speak(preferences().language);
goLive();
const place = document.getElementById('page');
if (place === null) throw new Error('index.html has no place for the page.');
createRoot(place).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <WordsProvider>
          <Toasts><RouterProvider router={router} /></Toasts>
        </WordsProvider>
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
);
