import type { Locale, Text } from '../../domain/config.ts';
import type { BranchProfile, TicketView } from '../../domain/views/views.ts';
import { escaped, wrap } from './lay-out.ts';
import { PAPER_WORDS, type PaperWords } from './words.ts';

/** What a ticket on paper says, in the receipt language of receiptline. Nothing of a person is on it. */

export interface PaperOptions {
  readonly locale: Locale;
  /** Characters of 12 dots in a line. */
  readonly columns: number;
  /** Everything twice as large, for whoever asked for large text. */
  readonly large: boolean;
  /** The phone ticket, as the QR code. */
  readonly link: string;
}

const RULE = '-';
/** Dots of one cell of the QR code; a link has about 40 of them. */
const QR_CELL = { normal: 6, large: 8 };
/** Number of `^`. */
const PLAIN = '';
const DOUBLE = '^^^';

export function paperOf(view: TicketView, profile: BranchProfile, options: PaperOptions): string {
  const { locale, columns, large, link } = options;
  const words = PAPER_WORDS[locale];
  const say = (text: Text | undefined) => (text === undefined ? '' : text[locale]);
  const serviceOf = (id: string | undefined) => profile.services.find((service) => service.id === id);
  const set = (text: string, size = PLAIN, mark = '') => centred(text, size, mark, options);
  const named = (ids: readonly string[]) =>
    ids.map((id) => say(serviceOf(id)?.name)).join(locale === 'en' ? ', ' : '、');
  const documents = view.services.flatMap((id) => serviceOf(id)?.guide.documents ?? []).map(say);
  const stops = view.stops ?? [];
  const zone = profile.zones.find(({ id }) => id === view.zone);
  return [
    ...set(say(profile.name), DOUBLE, '"'),
    RULE,
    ...set(words.number),
    bigNumber(view.number, columns),
    ...set(named(view.services), DOUBLE),
    ...(stops.length < 2 ? [] : stops.flatMap((stop, index) => set(words.stop(index + 1, named(stop))))),
    RULE,
    ...(view.counter
      ? set(words.goTo(view.counter.label), DOUBLE, '"')
      : [...set(words.sit(say(zone?.name)), DOUBLE, '"'), ...place(view, words).flatMap((text) => set(text, DOUBLE))]),
    '',
    `{code:${link}; option:qrcode,${large ? QR_CELL.large : QR_CELL.normal},m}`,
    '',
    ...set(words.scan),
    RULE,
    ...(documents.length === 0 ? [] : [...listed(words.bring, [...new Set(documents)], options), RULE]),
    ...(view.openUntil === undefined ? [] : set(words.longerHours(time(view.openUntil, profile)))),
    ...set(words.rejoin),
    ...set(words.taken(time(view.issuedAt, profile), date(view.issuedAt, profile))),
    ...set(words.hotline(profile.hotline)),
    '',
  ].join('\n');
}

/** How many are ahead and how long it may take, while it waits. */
function place({ ahead, range }: TicketView, words: PaperWords): readonly string[] {
  if (ahead === undefined) return [];
  const nobodyServes = range === undefined;
  const where = ahead > 0 ? words.ahead(ahead) : nobodyServes ? words.first : words.next;
  if (nobodyServes) return [where, words.opens];
  return [where, range.toMinutes === 0 ? words.soon : words.wait(range)];
}

function centred(text: string, size: string, mark: string, { columns, large }: PaperOptions): readonly string[] {
  const used = large ? DOUBLE : size;
  return wrap(text, roomFor(used, columns)).map((line) => `${mark}${used}${escaped(line)}`);
}

/** A heading and its points, flush left, each behind a dot, which is as wide as a Chinese sign. */
function listed(heading: string, points: readonly string[], { columns, large }: PaperOptions): readonly string[] {
  const size = large ? DOUBLE : PLAIN;
  const item = (line: string, index: number) => `|${size}${index === 0 ? '·' : '~~'}${escaped(line)}`;
  return [
    `|"${size}${escaped(heading)}`,
    ...points.flatMap((point) => wrap(point, roomFor(size, columns) - 2).map(item)),
  ];
}

function roomFor(size: string, columns: number): number {
  return size === DOUBLE ? Math.floor(columns / 2) : columns;
}

/**
 * The number, eight times as high as a letter: 24 mm with its white, 17 mm of ink. As wide as the paper has room for. The receipt
 * language ends at six times, so it is said in the printer's own (GS !).
 */
function bigNumber(number: string, columns: number): string {
  const across = Math.max(1, Math.min(8, Math.floor(columns / number.length)));
  const size = (((across - 1) << 4) | 7).toString(16).padStart(2, '0');
  return `{command:\\x1d!\\x${size}${number.replace(/[^A-Z0-9]/g, '')}\\x0a\\x1d!\\x00}`;
}

function time(instant: number, { timeZone }: BranchProfile): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    instant,
  );
}

function date(instant: number, { timeZone }: BranchProfile): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant);
}
