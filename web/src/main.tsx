import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/theme/fonts.css';
import './app/theme/global.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './app/api/queries.ts';
import { startTexts } from './app/i18n/texts.ts';
import { startLive } from './app/live/live.ts';
import { router } from './app/router.tsx';
import { restoreSession } from './app/session/session.ts';
import { OnceIdle } from './app/shell/once-idle.tsx';
import { schemeManager } from './app/theme/scheme.ts';
import { theme, variables } from './app/theme/theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// where libraries look that add style elements on their own
Object.assign(globalThis, { __webpack_nonce__: nonce });

await Promise.all([startTexts(), restoreSession()]);
startLive(queryClient);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager()}
      getStyleNonce={() => nonce}
    >
      <OnceIdle />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
