/**
 * The import rule: arrows point at domain/, and domain/ points nowhere. One entry for each row of the table in
 * ARCHITECTURE.md. `allow` is what a room may import; everything else is a fault.
 */

const SCREENS = ['home', 'kiosk', 'display', 'counter-client', 'rating', 'manager', 'phone', 'feedback'];
/** Top folders of server/ that are not adapters. All others stand behind a port. */
const NOT_ADAPTERS = [
  'displays',
  'identity',
  'audit',
  'customers',
  'privacy',
  'printing',
  'notices',
  'ratings',
  'cases',
  'reports',
  'inbox',
  'feedback',
  'surveys',
  'exports',
  'subscriptions',
  'documents',
  'reviews',
];

const npm = (...names) => `node_modules/(?:${names.join('|')})(?:/|$)`;
const browser = npm(
  'vue',
  '@vue',
  'vue-i18n',
  '@vueuse',
  '@lucide',
  '@fontsource-variable',
  'qrcode',
  'socket\\.io-client',
  'workbox-window',
);
const screenLibraries = npm('element-plus', '@element-plus', 'chart\\.js', 'vue-chartjs', 'chartjs-chart-matrix');
const typesOfDomain = { from: 'domain' };

/** A room: `allow` is a list of path patterns. Types of domain/ are free where `typesOfDomain` is given. */
function room(name, allow, ...more) {
  const from = { path: `^${name}/` };
  const pathNot = [`^${name}/`, ...allow];
  const rules = [
    {
      name: `${name}-imports`,
      comment: `${name}/ may import only what the table of ARCHITECTURE.md says`,
      severity: 'error',
      from,
      to: { couldNotResolve: false, pathNot: more.includes(typesOfDomain) ? [...pathNot, '^domain/'] : pathNot },
    },
  ];
  if (more.includes(typesOfDomain)) {
    rules.push({
      name: `${name}-types-of-domain`,
      comment: `${name}/ may import types of domain/, nothing that runs`,
      severity: 'error',
      from,
      to: { path: '^domain/', dependencyTypesNot: ['type-only'] },
    });
  }
  return rules;
}

const screen = (name) => room(name, ['^client/', '^protocol/', browser, screenLibraries], typesOfDomain);

module.exports = {
  forbidden: [
    ...room('domain', []),
    ...room('protocol', [npm('zod')], typesOfDomain),
    ...room('config', [npm('zod', 'yaml'), '^(?:fs|fs/promises|path)$'], typesOfDomain),
    ...room('client', ['^protocol/', browser], typesOfDomain),
    ...SCREENS.flatMap(screen),
    {
      name: 'server-imports',
      comment: 'server/ may import domain/, protocol/, config/ and npm',
      severity: 'error',
      from: { path: '^server/' },
      to: {
        path: '^[^/]+/',
        pathNot: ['^server/', '^domain/', '^protocol/', '^config/', 'node_modules/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'adapter-behind-its-port',
      comment: 'An adapter of server/ imports the ports and turns by key, never another adapter nor what composes it',
      severity: 'error',
      from: { path: '^server/([^/]+)/', pathNot: `^server/(?:${NOT_ADAPTERS.join('|')})/` },
      to: {
        path: '^server/',
        pathNot: ['^server/$1/', '^server/(?:per-key|[a-z-]*ports)\\.ts$'],
      },
    },
    {
      name: 'bench-imports',
      comment: 'bench/ may import domain/ and config/, and of server/ what no door leads to',
      severity: 'error',
      from: { path: '^bench/' },
      to: { pathNot: ['^bench/', '^domain/', '^config/', '^server/', 'node_modules/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'simulator-imports',
      comment: 'simulator/ may import domain/ and config/; its bots also client/ and protocol/',
      severity: 'error',
      from: { path: '^simulator/' },
      to: {
        path: '^[^/]+/',
        pathNot: ['^simulator/', '^domain/', '^config/', '^client/', '^protocol/', 'node_modules/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-cycles',
      comment: 'Types may speak of each other; files that run may not wait for each other',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is dead',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['\\.d\\.ts$', '(^|/)[^/]+\\.config\\.[jt]s$', '\\.cjs$', '^scripts/', '^tests/support/jest-'],
      },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'runtime-is-installed',
      comment: 'What runs in the server is a dependency, not a devDependency',
      severity: 'error',
      from: { path: '^(?:server|config|protocol|domain)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:dist|data|coverage|test-results|playwright-report)/|\\.(?:css|svg|png|woff2|json)$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.vue', '.mjs', '.cjs', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
