import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';

/** Each folder is one screen with its own index.html; dist/screens/<folder>/index.html is what the server sends. */
const SCREENS = ['home', 'kiosk', 'display', 'counter-client', 'manager'];
const SERVER = 'http://127.0.0.1:4600';

function pagesOf(folders: readonly string[]): Record<string, string> {
  const page = (folder: string): string => fileURLToPath(new URL(`./${folder}/index.html`, import.meta.url));
  return Object.fromEntries(folders.map((folder) => [folder, page(folder)]));
}

/** The two addresses that are not named like their folder, for the development server only. */
function addresses(): Plugin {
  return {
    name: 'lobbyflow-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [path = '', query] = (request.url ?? '').split('?');
        const page = path === '/' ? '/home/index.html' : path.startsWith('/t/') ? '/phone/index.html' : undefined;
        if (page !== undefined) request.url = query === undefined ? page : `${page}?${query}`;
        next();
      });
    },
  };
}

export default defineConfig({
  appType: 'mpa',
  plugins: [vue(), addresses()],
  define: {
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  server: {
    proxy: {
      '/api': SERVER,
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
  // The phone's page is built by itself: with the others it would share their parts of Vue, and a customer on mobile data
  // would load half as much again.
  environments: {
    client: { build: { rolldownOptions: { input: pagesOf(SCREENS) } } },
    phone: { consumer: 'client', build: { emptyOutDir: false, rolldownOptions: { input: pagesOf(['phone']) } } },
  },
  builder: {
    async buildApp(builder) {
      await builder.build(builder.environments['client']!);
      await builder.build(builder.environments['phone']!);
    },
  },
});
