import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { session } from './api/session.ts';
import { pathOfLegacyHash } from './routes/legacy-link.ts';
import { Routes } from './routes/routes.tsx';
import { ErrorBoundary } from './ui/shell/error-boundary.tsx';
import { Shell } from './ui/shell/shell.tsx';

const legacyPath = pathOfLegacyHash(window.location.hash);
if (legacyPath !== undefined) window.history.replaceState(null, '', legacyPath);

// Asked while the code of the page is on its way: the first search needs the answer.
void session.ready();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <Shell>
        <ErrorBoundary>
          <Routes />
        </ErrorBoundary>
      </Shell>
    </QueryClientProvider>
  </StrictMode>,
);
