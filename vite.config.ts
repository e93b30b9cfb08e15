import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';
import { offlineScreens } from './scripts/offline-screens.ts';

/** Each folder is one screen with its own index.html; dist/screens/<folder>/index.html is what the server sends. */
const SCREENS = ['home', 'kiosk', 'display', 'counter-client', 'manager'];
/** Those of them that start without the server. */
const OFFLINE_SCREENS = ['kiosk', 'display'];
const SERVER = 'http://127.0.0.1:4600';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

function pagesOf(folders: readonly string[]): Record<string, string> {
  return Object.fromEntries(folders.map((folder) => [folder, here(`${folder}/index.html`)]));
}

/** Whatever is followed has the same page. */
function feedbackOf(path: string): string | undefined {
  return /^\/feedback\/(?:case|item)\//.test(path) ? '/feedback/index.html' : undefined;
}

/** The addresses that are not named like their folder, for the development server only. */
function addresses(): Plugin {
  return {
    name: 'lobbyflow-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [path = '', query] = (request.url ?? '').split('?');
        const page =
          path === '/' ? '/home/index.html' : path.startsWith('/t/') ? '/phone/index.html' : feedbackOf(path);
        if (page !== undefined) request.url = query === undefined ? page : `${page}?${query}`;
        next();
      });
    },
  };
}

export default defineConfig({
  appType: 'mpa',
  plugins: [vue(), addresses(), offlineScreens(OFFLINE_SCREENS, 'client')],
  define: {
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  server: {
    proxy: {
      '/api': SERVER,
      '/content': SERVER,
      '/health': SERVER,
      '/openapi.json': SERVER,
      '/socket.io': { target: SERVER, ws: true },
    },
  },
  build: {
    outDir: 'dist/screens',
    // The staff consoles carry a component library: this is what it weighs before compression.
    chunkSizeWarningLimit: 900,
  },
  // The phone's page and the small screen at a counter are built by themselves: with the others they would share their parts
  // of Vue, and a customer on mobile data would load half as much again.
  environments: {
    client: { build: { rolldownOptions: { input: pagesOf(SCREENS) } } },
    phone: {
      consumer: 'client',
      define: { __VUE_OPTIONS_API__: 'false' },
      build: {
        emptyOutDir: false,
        rolldownOptions: {
          input: { ...pagesOf(['phone', 'rating']), 'phone-worker': here('phone/worker.ts') },
          // The worker's address stays, for it is registered under it.
          output: { entryFileNames: ({ name }) => (name === 'phone-worker' ? '[name].js' : 'assets/[name]-[hash].js') },
        },
      },
    },
    // For the same reason: its forms need parts of Vue that a ticket does not.
    feedback: {
      consumer: 'client',
      define: { __VUE_OPTIONS_API__: 'false' },
      build: { emptyOutDir: false, rolldownOptions: { input: pagesOf(['feedback']) } },
    },
    // What the server writes into that page before any script runs. With a dot in front nobody can fetch it.
    page: {
      consumer: 'server',
      define: { 'process.env.NODE_ENV': '"production"' },
      resolve: { noExternal: true },
      build: {
        emptyOutDir: false,
        copyPublicDir: false,
        rolldownOptions: { input: here('phone/render.ts'), output: { entryFileNames: '.page/phone.js' } },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      await builder.build(builder.environments['client']!);
      await builder.build(builder.environments['phone']!);
      await builder.build(builder.environments['feedback']!);
      await builder.build(builder.environments['page']!);
    },
  },
});
