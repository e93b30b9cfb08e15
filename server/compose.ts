import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { LoadedBranch } from '../config/branch.schema.ts';
import type { Env } from '../config/env.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { inProcessBus } from './bus/in-process.ts';
import { redisBus } from './bus/redis.ts';
import { businessDayAt, dayAfter, dayBefore } from './business-day.ts';
import { systemClock } from './clock.ts';
import { composeRecord } from './compose-record.ts';
import { composeTrust, openCustomers } from './compose-trust.ts';
import { keepDays } from './day-keeper.ts';
import { limitConnections } from './connection-limit.ts';
import { DeviceAlarms } from './device-alarms.ts';
import { Door } from './door.ts';
import { estimatesOfDay } from './estimate-report.ts';
import { Forecasts, type ForecastBranch } from './forecast/forecasts.ts';
import { halfHoursOf } from './forecast/half-hours.ts';
import { answers, readVersion, type Health } from './health.ts';
import { countCommand, countedJobs, figures } from './figures.ts';
import { goodbye } from './goodbye.ts';
import { Hosts, type HostsOptions } from './hosts.ts';
import type { ApiOptions } from './http-api.ts';
import { certificateOf, httpServerOf } from './http-server.ts';
import { httpDoor } from './http.ts';
import { composeIdentity } from './identity/compose-identity.ts';
import { signingKey } from './identity/secret.ts';
import { Sessions } from './identity/sessions.ts';
import { Tokens } from './identity/tokens.ts';
import { openJobs } from './jobs/open-jobs.ts';
import type { PersonalData } from './customer-ports.ts';
import type { AuditStore, Bus, Clock, EventStore, Identities, Jobs, Records } from './ports.ts';
import { networkPrinter } from './printing/network-printer.ts';
import type { CodeRecords, InboxRecords } from './inbox-ports.ts';
import type { SurveyRecords } from './survey-ports.ts';
import type { MailRecords } from './mail-ports.ts';
import type { NoticeRecords } from './notice-ports.ts';
import { openNotices } from './notices/open-notices.ts';
import { Printing } from './printing/printing.ts';
import type { PrintRecords } from './printing-ports.ts';
import type { CaseRecords } from './case-ports.ts';
import type { RatingRecords } from './rating-ports.ts';
import type { ReviewRecords } from './review-ports.ts';
import type { DayFactsStore } from './report-ports.ts';
import { Ratings } from './ratings/ratings.ts';
import { dayReport } from './reports/day-report.ts';
import { effectsOfDay } from './reports/effect-report.ts';
import { PublicHolidays } from './public-holidays.ts';
import { scoresBefore } from './range-scores.ts';
import { redisCounts } from './limits/redis-counts.ts';
import { Machines } from './machines.ts';
import { Metrics } from './metrics/metrics.ts';
import { backUpNightly } from './nightly-backup.ts';
import { presenceHere } from './presence/here.ts';
import { redisPresence } from './presence/redis.ts';
import { openRedis } from './redis/connection.ts';
import { openSocketDoor, type SocketDoorOptions } from './socket.ts';
import { openStore } from './store/open-store.ts';
import type { SubscriptionRecords } from './subscription-ports.ts';
import { openVoice } from './voice/open-voice.ts';
import { WhatIfs } from './what-if/what-ifs.ts';

/** The log and what is kept beside it. */
export interface Database {
  readonly kind: string;
  /** What is acknowledged outlives a power cut. */
  readonly durable: boolean;
  readonly store: EventStore;
  readonly records: Records;
  /** Of an embedded database in a folder. @returns the file */
  readonly backups?: { into(folder: string, kept: number): Promise<string> };
  readonly identities: Identities;
  readonly audit: AuditStore;
  readonly personalData: PersonalData;
  readonly papers: PrintRecords;
  readonly notices: NoticeRecords;
  readonly ratings: RatingRecords;
  readonly cases: CaseRecords;
  readonly reviews: ReviewRecords;
  readonly dayFacts: DayFactsStore;
  readonly mails: MailRecords;
  readonly subscriptions: SubscriptionRecords;
  readonly inbox: InboxRecords;
  readonly codes: CodeRecords;
  readonly surveys: SurveyRecords;
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface ComposeOptions {
  readonly env: Env;
  readonly branches: readonly LoadedBranch[];
  readonly log: Logger;
  readonly clock?: Clock;
  readonly bus?: Bus;
  /** Instead of the one that `env` says, with the jobs that belong to it. The composition closes both. */
  readonly adapters?: { readonly database: Database; readonly jobs: Jobs };
  /** Of one token or connection. */
  readonly commandsPerSecond?: number;
}

export interface Composition {
  /** Where a browser on this machine finds it, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly hosts: Hosts;
  readonly store: EventStore;
  readonly records: Records;
  /** What the first administrator opens to set a password; absent once there is one. */
  readonly setUpLink?: string | undefined;
  /** Takes no more commands, answers those that it has, disconnects everybody, and closes what it opened. */
  close(): Promise<void>;
}

const COMMANDS_PER_SECOND = 2_000;
/** Whoever opens a connection and does not say what it wants is let go after this, ms. */
const HTTP_PATIENCE = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 };
/** Connections that are open at a time. */
const CONNECTIONS = { perAddress: 2_000, together: 10_000 };
const SCREENS_FOLDER = fileURLToPath(new URL('../dist/screens', import.meta.url));

/** The composition root: the only place where adapters are chosen. Resolves when the server listens and every day is open. */
export async function compose(options: ComposeOptions): Promise<Composition> {
  const { env, log, clock = systemClock, commandsPerSecond = COMMANDS_PER_SECOND } = options;
  const key = signingKey(env.secret, env.dataFolder);
  // What can be wrong with files is found before anything is opened.
  const certificate = certificateOf(env.tls);
  const customers = openCustomers(env);
  const metrics = new Metrics();
  const voice = await openVoice(join(env.contentFolder, 'voice'), log);
  const { database, jobs: plainJobs } = options.adapters ?? (await openAdapters(env, log, metrics));
  const jobs = countedJobs(plainJobs, metrics);
  const redis = env.redisUrl === undefined ? undefined : openRedis(env.redisUrl, log);
  if (redis !== undefined && env.secret === undefined)
    log.warn('a token of another server is not good here: set LOBBYFLOW_SECRET to the same for all of them');
  const bus = options.bus ?? (redis === undefined ? inProcessBus() : redisBus({ ...redis, log }));
  const presence = redis === undefined ? presenceHere() : redisPresence(redis);
  const countsOf = redis && ((limit: string) => redisCounts(redis.commands, limit));
  const { store, records } = database;
  const branches = new Map(options.branches.map((branch) => [branch.config.branchId, branch]));
  const configs = new Map(options.branches.map(({ config }) => [config.branchId, config]));

  const forecasts = new Forecasts({ branches: forecastBranches(options.branches, log), records, log });
  const knownOf: HostsOptions['knownOf'] = async (branchId, day) => {
    const [forecast, scores] = [forecasts.forOpening(branchId, day), scoresBefore({ records, log }, branchId, day)];
    return { forecast: await forecast, rangeScores: await scores };
  };
  const hosts = new Hosts({ branches: configs, store, clock, bus, log, knownOf });
  const tokens = new Tokens(key, clock);
  const { identities } = database;
  const people = composeIdentity({ env, key, tokens, identities, branches, hosts, clock, log });
  const { identity } = people;
  const { audit: auditStore, personalData } = database;
  const trust = composeTrust({
    env,
    customers,
    branches,
    store,
    records,
    auditStore,
    identities,
    personalData,
    cases: database.cases,
    hosts,
    clock,
    jobs,
    log,
  });
  const { pseudonyms } = customers;
  const record = composeRecord({ env, branches, database, hosts, pseudonyms, clock, jobs, log });
  const door = new Door({
    hosts,
    clock,
    used: (caller) => identity.used(caller),
    publicUrl: env.publicUrl,
    noted: (...command) => countCommand(metrics, ...command),
  });
  const { papers } = database;
  const printing = new Printing({
    branches,
    hosts,
    identities,
    papers,
    printer: networkPrinter(),
    clock,
    publicUrl: env.publicUrl,
  });
  const notices = openNotices({ env, hosts, records: database.notices, jobs, clock, log });
  const ratings = new Ratings({ records: database.ratings, hosts, clock });
  const machines = new Machines({ hosts, identities, clock, log });
  const alarms = new DeviceAlarms({ hosts, identities, clock, log });
  const staffOf = (branchId: string) => branches.get(branchId)?.staff.map(({ id }) => id);
  const sessions = new Sessions({
    tokens,
    clock,
    accessCode: env.accessCode,
    staffOf,
    isOpen: () => identity.isOpen(),
  });

  let closing = false;
  const version = readVersion();
  const health = async (): Promise<Health> => {
    const away = [
      ...((await answers(() => database.check())) ? [] : (['database'] as const)),
      ...(redis === undefined || bus.connected() ? [] : (['redis'] as const)),
    ];
    const ready = !closing && !away.includes('database');
    return { live: true, ready, degraded: ready && away.length > 0, away, ...about() };
  };
  const about = () => ({
    version,
    protocol: PROTOCOL_VERSION,
    store: { kind: database.kind, durable: database.durable },
    branches: branches.size,
    connections: socketDoor.count(),
    voice: voice.engine ?? 'none',
    screens: presence.here(),
  });

  const limits = { commandsPerSecond };
  const { trustProxy } = env;
  const screensFolder = SCREENS_FOLDER;
  const todayOf = (branchId: string) => businessDayAt(clock.now(), configs.get(branchId)?.timeZone ?? 'UTC').day;
  const forecastOf = (branchId: string, day = todayOf(branchId)) => forecasts.report(branchId, day, clock.now());
  const beginningOf = (branchId: string, day: string) =>
    halfHoursOf(day, configs.get(branchId)?.timeZone ?? 'UTC').from;
  const reports: ApiOptions['reports'] = {
    estimates: (branchId, day = todayOf(branchId)) => estimatesOfDay(records, branchId, day),
    effects: (branchId, day = todayOf(branchId)) => effectsOfDay(store, branchId, day),
    ratings: (branchId, day = todayOf(branchId)) => ratings.report(branchId, day),
    day: (branchId, day = todayOf(branchId)) => dayReport(store, branchId, day, beginningOf(branchId, day)),
  };
  const tomorrowOf = (branchId: string) => dayAfter(todayOf(branchId));
  const whatIfs = new WhatIfs({ store, records, clock, log, tomorrowOf, beginningOf });
  const playlistFolder = join(env.contentFolder, 'playlist');
  const shown = { voice, playlistFolder, branches, demo: env.demo, log, health, screensFolder, presence, countsOf };
  const seen = {
    ...shown,
    door,
    sessions,
    tokens: identity,
    people,
    trust,
    record,
    printing,
    machines,
    https: env.tls !== undefined,
  };
  const metricsText = () => metrics.text(sources);
  const metricsAccess = { metrics: metricsText, metricsToken: env.metricsToken };
  const app = httpDoor({
    ...seen,
    ...metricsAccess,
    trustProxy,
    forecastOf,
    reports,
    ratings,
    notices,
    whatIfs,
    ...limits,
  });
  const httpServer = httpServerOf(certificate, app, HTTP_PATIENCE);
  const everybodyLeaves = goodbye(httpServer);
  limitConnections(httpServer, connectionLimits(env), log);
  const viewSent: SocketDoorOptions['viewSent'] = (kind, lagMs) => metrics.viewSent(kind, lagMs);
  const socketDoor = openSocketDoor({
    httpServer,
    door,
    hosts,
    tokens: identity,
    presence,
    clock,
    log,
    viewSent,
    publicUrl: env.publicUrl,
    ...limits,
  });
  const sources = figures({
    hosts,
    screens: socketDoor.screens,
    branchIds: [...configs.keys()],
    yesterdayOf: (branchId) => dayBefore(todayOf(branchId)),
    forecastOf,
  });

  const keepBackups = async ({ backups }: Database) => {
    const { backups: wanted } = env;
    const make = backups && wanted && (() => backups.into(wanted.folder, wanted.kept));
    const timeZone = options.branches[0]?.config.timeZone ?? 'UTC';
    if (backups !== undefined) await backUpNightly({ jobs, timeZone, make, log });
  };

  const close = async () => {
    closing = true;
    door.close();
    whatIfs.stop();
    machines.stop();
    alarms.stop();
    notices?.stop();
    await hosts.stop();
    await record.stop();
    await trust.stop();
    await jobs.stop();
    await everybodyLeaves(socketDoor.close());
    httpServer.closeAllConnections();
    await presence.close();
    await bus.close();
    redis?.close();
    await database.close();
  };

  try {
    const setUpLink = await people.prepare();
    await hosts.openAll();
    await keepDays(jobs, [...configs.values()], async (branchId) => {
      const today = await hosts.today(branchId);
      if (today.ok) await forecasts.prepareTomorrow(branchId, today.host.day, dayAfter(today.host.day));
    });
    await keepBackups(database);
    await trust.start();
    await record.start();
    await jobs.start();
    const port = await listen(httpServer, env.host, env.port);
    return { url: urlOf(env, port), port, hosts, store, records, setUpLink, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openAdapters(env: Env, log: Logger, metrics: Metrics): Promise<{ database: Database; jobs: Jobs }> {
  const database = await openStore({
    databaseUrl: env.databaseUrl,
    folder: env.dataFolder,
    log,
    version: readVersion(),
    wrote: (...statement) => metrics.stored(...statement),
  });
  try {
    const { redisUrl, databaseUrl } = env;
    return { database, jobs: await openJobs({ redisUrl, databaseUrl, pool: database.pool, log }) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function forecastBranches(branches: readonly LoadedBranch[], log: Logger): ReadonlyMap<string, ForecastBranch> {
  const holidays = new PublicHolidays(log);
  return new Map(
    branches.map((branch) => [
      branch.config.branchId,
      { config: branch.config, calendarFacts: (day: string) => holidays.factsOf(branch, day) },
    ]),
  );
}

/** A proxy in front has one address for everybody behind it, and limits of its own. */
function connectionLimits({ trustProxy }: Env): typeof CONNECTIONS {
  return trustProxy === undefined ? CONNECTIONS : { ...CONNECTIONS, perAddress: CONNECTIONS.together };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is taken by another program. Set PORT to a free one.`) : error);
    };
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function urlOf({ host, tls }: Env, port: number): string {
  const anywhere = host === '0.0.0.0' || host === '::';
  const name = anywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${tls === undefined ? 'http' : 'https'}://${name}:${port}`;
}
