import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** What the bundler knows of a file beside its name. */
interface Chunk {
  readonly fileName: string;
  readonly facadeModuleId: string | null;
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string>; readonly importedAssets: ReadonlySet<string> };
}

/**
 * A service worker that keeps these screens in the browser, with all that they load, so that they start while the server is away. It
 * is `/sw.js` for all of them; each asks for it for its own folder only (client/start-offline.ts).
 * @param environment the build in which they are
 */
export function offlineScreens(screens: readonly string[], environment: string): Plugin[] {
  const kept = new Set<string>();
  const worker = VitePWA({
    strategies: 'generateSW',
    // A reload in the middle of somebody's turn would take it away: the page says when.
    registerType: 'prompt',
    injectRegister: null,
    manifest: false,
    workbox: {
      globPatterns: ['**/*.{html,js,css,woff2,svg}'],
      manifestTransforms: [(entries) => ({ manifest: entries.filter(({ url }) => kept.has(url)), warnings: [] })],
      // Several pages: the one that is asked for, or none.
      navigateFallback: null,
      // The branch and the device are in the query; the page is the same.
      ignoreURLParametersMatching: [/./],
      dontCacheBustURLsMatching: /^assets\//,
      cleanupOutdatedCaches: true,
      inlineWorkboxRuntime: true,
      sourcemap: false,
      maximumFileSizeToCacheInBytes: 8 * 2 ** 20,
    },
  });
  const note: Plugin = {
    name: 'lobbyflow-offline-screens',
    generateBundle(_options, bundle) {
      const chunks = new Map<string, Chunk>();
      for (const file of Object.values(bundle)) if (file.type === 'chunk') chunks.set(file.fileName, file);
      for (const screen of screens) {
        kept.add(`${screen}/index.html`);
        for (const chunk of chunks.values())
          if (chunk.facadeModuleId?.endsWith(`/${screen}/index.html`)) keep(chunk, chunks, kept);
      }
    },
  };
  return [note, ...worker].map((plugin) => ({ ...plugin, applyToEnvironment: ({ name }) => name === environment }));
}

function keep(chunk: Chunk, chunks: ReadonlyMap<string, Chunk>, kept: Set<string>): void {
  if (kept.has(chunk.fileName)) return;
  kept.add(chunk.fileName);
  for (const file of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])])
    kept.add(file);
  for (const name of [...chunk.imports, ...chunk.dynamicImports]) {
    const next = chunks.get(name);
    if (next !== undefined) keep(next, chunks, kept);
  }
}
