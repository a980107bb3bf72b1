import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';

const KEY = 'kontor.scheme';

/** Keeps the chosen colour scheme where public/scheme.js finds it before the first paint. */
export function schemeManager(): MantineColorSchemeManager {
  let stop: (() => void) | undefined;
  return {
    get: (fallback) => asScheme(localStorage.getItem(KEY)) ?? fallback,
    set: (scheme) => localStorage.setItem(KEY, scheme),
    clear: () => localStorage.removeItem(KEY),
    subscribe: (tell) => {
      const hear = ({ key, newValue }: StorageEvent) => {
        const scheme = key === KEY ? asScheme(newValue) : undefined;
        if (scheme) tell(scheme);
      };
      window.addEventListener('storage', hear);
      stop = () => window.removeEventListener('storage', hear);
    },
    unsubscribe: () => stop?.(),
  };
}

const asScheme = (text: string | null): MantineColorScheme | undefined =>
  text === 'light' || text === 'dark' || text === 'auto' ? text : undefined;
