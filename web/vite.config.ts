import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { usedMantineStyles } from './used-mantine-styles.ts';

/** Parts that the warehouse never needs are not kept for offline use. */
const NOT_OFFLINE = ['static/merchant-*', 'static/finance-*', 'static/admin-*', 'static/charts-*'];

/** What every page needs, in one file: it compresses better, and a request costs more than some bytes. */
const FIRST = { name: 'first', tags: ['$initial' as const], includeDependenciesRecursively: false };

export default defineConfig({
  root: import.meta.dirname,
  // what the gateway replaces in every answer (services/gateway/http/web-app.ts)
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist',
    assetsDir: 'static',
    assetsInlineLimit: 0,
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        chunkFileNames: ({ moduleIds }) => `static/${areaOf(moduleIds)}-[hash].js`,
        codeSplitting: { groups: [FIRST] },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': apiAddress(), '/docs': apiAddress(), '/mail': apiAddress() } },
  plugins: [
    react(),
    usedMantineStyles(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: null,
      manifest: {
        name: 'Kontor',
        short_name: 'Kontor',
        description: 'Retouren und Abrechnung',
        lang: 'de',
        id: '/warehouse',
        start_url: '/warehouse',
        scope: '/',
        display: 'standalone',
        background_color: '#f5f6f4',
        theme_color: '#0b5d57',
        icons: [
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,png,woff2,wasm}'],
        globIgnores: NOT_OFFLINE,
        maximumFileSizeToCacheInBytes: 3_000_000,
        // the name of these files says what is in them
        dontCacheBustURLsMatching: /^static\//,
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/(api|docs|mail|assets|health|metrics)(\/|$)/],
        cleanupOutdatedCaches: true,
        // the first visit works without network at once; a later version still waits for its prompt
        clientsClaim: true,
        inlineWorkboxRuntime: true,
        runtimeCaching: [],
      },
    }),
  ],
});

/** `warehouse` for what only that desk uses, and so on; the names are seen in the browser and by the precache. */
function areaOf(moduleIds: readonly string[]): string {
  const source = path.join(import.meta.dirname, 'src') + path.sep;
  const own = moduleIds.filter((id) => id.startsWith(source)).map((id) => id.slice(source.length).split(path.sep));
  if (moduleIds.some((id) => /node_modules\/(recharts|@mantine\/charts)\//.test(id))) return 'charts';
  const locale = own.find(([folder]) => folder === 'locales');
  if (locale) return `${path.basename(locale[2] ?? '', '.ts')}-${locale[1]}`;
  const areas = new Set(own.map(([folder]) => folder!));
  return areas.size === 1 ? [...areas][0]! : 'common';
}

/** Where `npm start` runs while somebody works on the app with `npm run dev:web`. */
function apiAddress(): string {
  return process.env['KONTOR_API'] ?? 'http://127.0.0.1:4000';
}
