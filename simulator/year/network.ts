import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { BranchFile } from '../../config/branch.schema.ts';
import type { Text } from '../../domain/config.ts';
import type { BranchId } from '../../domain/ids.ts';
import { Chance } from '../chance.ts';

/** Thirteen branches of one bank: the three of `config/branches`, and ten that are made from them. */

interface YearBranch {
  readonly id: BranchId;
  /** The file that it is made from, or is. */
  readonly from: 'harbour' | 'garden' | 'station';
  /** How many come, against what keeps its windows just busy. */
  readonly busy: number;
  readonly place?: Text;
  readonly hours?: BranchFile['hours'];
  readonly timeZone?: string;
  readonly land?: { readonly country: string; readonly region?: string };
  readonly policy?: BranchFile['floating']['policy'];
}

const NETWORK: readonly YearBranch[] = [
  { id: 'harbour', from: 'harbour', busy: 0.98 },
  { id: 'garden', from: 'garden', busy: 0.84 },
  { id: 'station', from: 'station', busy: 0.82 },
  {
    ...{ id: 'finance-street', from: 'harbour', busy: 1.02, hours: { opens: '09:00', closes: '17:30' } },
    place: { 'zh-CN': '北京金融街支行', 'zh-TW': '北京金融街分行', en: 'Finance Street, Beijing' },
  },
  {
    ...{ id: 'old-bund', from: 'garden', busy: 0.88, hours: { opens: '09:00', closes: '17:00' } },
    place: { 'zh-CN': '上海外滩支行', 'zh-TW': '上海外灘分行', en: 'The Bund, Shanghai' },
  },
  {
    ...{ id: 'west-lake', from: 'garden', busy: 0.76, hours: { opens: '09:00', closes: '17:00' } },
    place: { 'zh-CN': '杭州西湖支行', 'zh-TW': '杭州西湖分行', en: 'West Lake, Hangzhou' },
    policy: 'rolling-plan',
  },
  {
    ...{ id: 'riverside', from: 'station', busy: 0.84, hours: { opens: '08:30', closes: '16:30' } },
    place: { 'zh-CN': '武汉江滩支行', 'zh-TW': '武漢江灘分行', en: 'Riverside, Wuhan' },
  },
  {
    ...{ id: 'spring-market', from: 'station', busy: 0.88, hours: { opens: '09:00', closes: '17:00' } },
    place: { 'zh-CN': '成都春熙路支行', 'zh-TW': '成都春熙路分行', en: 'Chunxi Road, Chengdu' },
  },
  {
    ...{ id: 'south-port', from: 'garden', busy: 0.68, hours: { opens: '09:00', closes: '16:30' } },
    place: { 'zh-CN': '深圳前海支行', 'zh-TW': '深圳前海分行', en: 'Qianhai, Shenzhen' },
    policy: 'manual',
  },
  {
    ...{ id: 'airport', from: 'station', busy: 0.66, hours: { opens: '07:30', closes: '20:00' } },
    place: { 'zh-CN': '广州机场支行', 'zh-TW': '廣州機場分行', en: 'Airport, Guangzhou' },
  },
  {
    ...{ id: 'campus', from: 'station', busy: 0.68, hours: { opens: '09:00', closes: '17:00' } },
    place: { 'zh-CN': '南京大学城支行', 'zh-TW': '南京大學城分行', en: 'Campus, Nanjing' },
    policy: 'threshold',
  },
  {
    ...{ id: 'london', from: 'station', busy: 0.64, hours: { opens: '09:30', closes: '16:30' } },
    place: { 'zh-CN': '伦敦分行', 'zh-TW': '倫敦分行', en: 'London' },
    ...{ timeZone: 'Europe/London', land: { country: 'GB', region: 'ENG' } },
  },
  {
    ...{ id: 'tokyo', from: 'station', busy: 0.72, hours: { opens: '09:00', closes: '15:00' } },
    place: { 'zh-CN': '东京分行', 'zh-TW': '東京分行', en: 'Tokyo' },
    ...{ timeZone: 'Asia/Tokyo', land: { country: 'JP' } },
  },
];

const BANK: Text = { 'zh-CN': '晴川银行', 'zh-TW': '晴川銀行', en: 'Qingchuan Bank' };
const FAMILY = [...'陈林王周赵黄刘吴孙何马徐朱胡郭高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程'];
const GIVEN = [
  '思远',
  '嘉慧',
  '立群',
  '敏',
  '文博',
  '雅婷',
  '一鸣',
  '晓岚',
  '启明',
  '静怡',
  '俊杰',
  '若彤',
  '海峰',
  '雨桐',
  '志强',
  '欣然',
];

/** Against the tellers of the templates: these branches are busy without being large. */
const SLOWER = 0.87;

/** Against 1 for a branch that is not of this network. */
export function busyOf(branchId: BranchId): number {
  return NETWORK.find(({ id }) => id === branchId)?.busy ?? 1;
}

/** Writes the branch files into the folder. @param templates the folder of the three that they are made from */
export function writeNetwork(templates: string, folder: string): void {
  const template = (name: string) => parse(readFileSync(join(templates, `${name}.yaml`), 'utf8')) as BranchFile;
  // What it says of the year holds for all branches of the country.
  const year = calendarOf(template('harbour'));
  mkdirSync(folder, { recursive: true });
  for (const [place, branch] of NETWORK.entries()) {
    const own = { ...template(branch.from), ...year };
    const file = branch.place === undefined ? own : made(own, branch, branch.place, place);
    writeFileSync(join(folder, `${branch.id}.yaml`), stringify(file, { lineWidth: 0 }));
  }
}

function calendarOf({ calendar, holidays, workingWeekends, paydays }: BranchFile) {
  return { ...(calendar && { calendar }), holidays, workingWeekends, paydays };
}

function made(template: BranchFile, branch: YearBranch, where: Text, place: number): BranchFile {
  const { id, hours = template.hours, timeZone = template.timeZone, land, policy } = branch;
  const { floating } = template;
  const chance = new Chance(place, id);
  // Nobody works at two branches: staff numbers are those of the network.
  const numbers = new Map(
    template.staff.map((person, index) => [person.id, String((place + 1) * 1000 + index + 1)] as const),
  );
  const numberOf = (old: string) => numbers.get(old) ?? old;
  return {
    ...{ ...template, id, hours, timeZone },
    name: textOf((locale) => `${BANK[locale]}${locale === 'en' ? ', ' : ' '}${where[locale]}`),
    ...(land && { calendar: land, holidays: [], workingWeekends: [] }),
    staff: template.staff.map((person) => ({
      ...person,
      id: numberOf(person.id),
      name: `${chance.pick(FAMILY)}${chance.pick(GIVEN)}`,
      speed: slower(person.speed),
    })),
    floating: {
      ...floating,
      ...(policy && { policy }),
      ...(floating.staff && { staff: floating.staff.map(numberOf) }),
      ...(floating.posts && {
        posts: floating.posts.map((post) => ({ ...post, staff: post.staff.map(numberOf) })),
      }),
    },
  };
}

function slower(speed: BranchFile['staff'][number]['speed'] = { '*': 1 }): Record<string, number> {
  return Object.fromEntries(
    Object.entries(speed).map(([service, pace]) => [service, Math.round(100 * SLOWER * pace) / 100]),
  );
}

function textOf(of: (locale: keyof Text) => string): Text {
  return { 'zh-CN': of('zh-CN'), 'zh-TW': of('zh-TW'), en: of('en') };
}
