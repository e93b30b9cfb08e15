/** Files that take long begin first, so that none of them is left running alone at the end. Others as they come. */
const SLOWEST = [
  'simulator/oracles',
  'faults/short',
  'faults/kill',
  'server/backup',
  'contract/jobs',
  'contract/embedded-database',
  'server/two-processes-on-redis',
];

/** What Jest asks of a sequencer. */
export default class SlowestFirst {
  sort(tests) {
    const rank = ({ path }) => {
      const place = SLOWEST.findIndex((name) => path.includes(`tests/${name}.test`));
      return place < 0 ? SLOWEST.length : place;
    };
    return [...tests].sort((one, other) => rank(one) - rank(other) || one.path.localeCompare(other.path));
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
