import { describe, expect, test } from '@jest/globals';
import { loadBranches } from '../../config/load.ts';
import { DEMO_NETWORK, harbour, load, spoil } from './branch-folder.ts';

describe('the demo network', () => {
  const { branches, warnings } = loadBranches(DEMO_NETWORK);
  const configs = new Map(branches.map(({ config }) => [config.branchId, config]));

  test('has three branches and keeps its promises', () => {
    expect([...configs.keys()]).toEqual(['garden', 'harbour', 'station']);
    expect(warnings).toEqual([]);
  });

  test('harbour has four fixed and three floating windows, a VIP room with an adviser, four machines and six zones', () => {
    const { counters, zones } = configs.get('harbour') ?? { counters: [], zones: [] };
    const count = (kind: string, zone?: string) =>
      counters.filter((counter) => counter.kind === kind && (zone === undefined || counter.zone === zone)).length;
    expect([count('fixed') - count('fixed', 'vip-room'), count('floating'), count('device')]).toEqual([4, 3, 4]);
    expect([count('fixed', 'vip-room'), count('adviser', 'vip-room')]).toEqual([1, 1]);
    expect(new Set(zones.map((zone) => zone.kind)).size).toBe(6);
  });

  test('every branch has one-tap and two-tap tiles and explains every service', () => {
    for (const { menu, services } of configs.values()) {
      expect(menu.length).toBeLessThanOrEqual(6);
      expect(menu.filter((tile) => tile.services.length === 1).length).toBeGreaterThanOrEqual(2);
      for (const { guide } of services) {
        expect(guide.documents.length).toBeGreaterThan(0);
        expect(guide.steps.length).toBeGreaterThan(0);
      }
    }
  });

  test('names of the staff are beside the configuration, never in it', () => {
    for (const { config, staff } of branches) {
      expect(staff.map((person) => person.id)).toEqual(config.staff.map((person) => person.id));
      for (const { name } of staff) expect(JSON.stringify(config)).not.toContain(name);
    }
  });

  test('what is left out has its default', () => {
    const station = configs.get('station');
    expect(station?.routing).toEqual({ policy: 'cost-of-delay', power: 2, careTargetMinutes: 5, careFirst: false });
    expect(station?.calling).toEqual({
      recallAfterSeconds: 10,
      maxRecalls: 3,
      noShowSeconds: 90,
      careNoShowSeconds: 180,
      noShowAfterSeconds: 45,
      autoCallSeconds: 10,
    });
    expect(station?.rejoin).toEqual({ withinMinutes: 30, creditShare: 1 });
    expect(station?.undoSeconds).toBe(10);
    expect(station?.segments.map((segment) => [segment.prefix, segment.ceilingMinutes, segment.rank])).toEqual([
      ['V', 12.5, 1],
      ['A', 30, 2],
      ['B', 37.5, 3],
      ['M', 20, 4],
    ]);
  });
});

describe('warnings', () => {
  function warningsOf(old: string, replacement: string): readonly string[] {
    return load({ 'harbour.yaml': spoil(harbour, old, replacement) }).warnings;
  }

  test('one counter for a target shorter than one service', () => {
    const alone = harbour.replaceAll('help: [vip, self-service]', 'help: [self-service]');
    const { warnings } = load({
      'harbour.yaml': spoil(
        alone,
        'kind: adviser, zone: vip-room, profile: vip',
        'kind: adviser, zone: vip-room, profile: pooled',
      ),
    });
    expect(warnings).toEqual([
      expect.stringMatching(/harbour\.yaml:\d+: segment "vip" promises 5 minutes, but only counter 8 serves it/),
    ]);
  });

  test('a service that only one person is skilled for', () => {
    const forTwo = warningsOf(
      "skills: [cash, corporate, lending], speed: { '*': 1.05,",
      "skills: [cash, corporate], speed: { '*': 1.05,",
    );
    expect(forTwo).toEqual([]);
    const single = spoil(harbour, 'skills: [cash, corporate, lending]', 'skills: [cash, corporate]');
    const { warnings } = load({
      'harbour.yaml': spoil(single, 'skills: [lending, { skill: sales', 'skills: [{ skill: sales'),
    });
    expect(warnings).toEqual([expect.stringMatching(/only staff 1010 can do service "loans"/)]);
  });

  test('a rule that sends to machines what they cannot do', () => {
    const alone = harbour
      .replaceAll('help: [vip, self-service]', 'help: [vip]')
      .replaceAll('help: [cash, self-service]', 'help: [cash]');
    const { warnings } = load({
      'harbour.yaml': spoil(alone, 'services: [deposit-withdrawal], amountBelow', 'services: [passbook], amountBelow'),
    });
    expect(warnings).toEqual([expect.stringMatching(/only machines serve segment "self-service", .* passbook, which/)]);
  });
});
