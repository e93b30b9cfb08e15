import { z } from 'zod';
import { check, type Check } from './check.ts';
import { id, line } from './fields.ts';
import { repeated } from './id-checks.ts';

/** What kiosks print tickets on. Not part of the day's log: an address in the branch's network is nobody's business there. */

/** Characters of 12 dots that fit on the paper of a usual printer: 8 dots in a millimetre, without the margins. */
const FULL_WIDTH = { 58: 32, 80: 48 } as const;
/** Fewer, and a line has no room for a word. */
const FEWEST_COLUMNS = 24;

/** A printer in the network that the server sends to, or the one that a kiosk's browser prints on. */
export type PrinterConfig =
  | { readonly id: string; readonly via: 'browser'; readonly kiosks: readonly string[] }
  | {
      readonly id: string;
      readonly via: 'network';
      /** Names of the kiosks that print on it; empty: all that no other printer names. */
      readonly kiosks: readonly string[];
      /** Host name or address. */
      readonly address: string;
      readonly port: number;
      /** Characters of 12 dots in a line, a Chinese one counts as two. */
      readonly columns: number;
    };

export const printer = z.strictObject({
  id,
  via: z.enum(['network', 'browser']).default('network'),
  kiosks: z.array(line).default([]),
  address: z
    .string()
    .regex(/^[\w.:-]{1,253}$/, 'an address is a host name or an IP address, for example 10.1.2.30')
    .exactOptional(),
  port: z.number().int().min(1).max(65_535, 'a port is 1 to 65535; printers listen on 9100').default(9100),
  paperMm: z.union([z.literal(58), z.literal(80)], 'paper is 58 or 80 millimetres wide').default(80),
  columns: z
    .number()
    .int()
    .min(FEWEST_COLUMNS, `a line needs at least ${FEWEST_COLUMNS} characters`)
    .max(FULL_WIDTH[80], `80 mm paper has room for ${FULL_WIDTH[80]} characters`)
    .exactOptional(),
});

export function toPrinter({
  id,
  via,
  kiosks,
  address,
  port,
  paperMm,
  columns,
}: z.infer<typeof printer>): PrinterConfig {
  if (via === 'browser' || address === undefined) return { id, via: 'browser', kiosks };
  return { id, via, kiosks, address, port, columns: columns ?? FULL_WIDTH[paperMm] };
}

export const printerChecks: readonly Check[] = [
  check(['printers'], function* ({ printers }) {
    yield* repeated(
      printers.map((one) => one.id),
      (index) => ['printers', index, 'id'],
      'id',
    );
    const seen = new Set<string>();
    for (const [index, { via, address, kiosks, columns, paperMm }] of printers.entries()) {
      const path = ['printers', index];
      if (via === 'network' && address === undefined)
        yield { path, message: 'a network printer needs its address: write one, or via: browser' };
      if (via === 'browser' && address !== undefined)
        yield {
          path: [...path, 'address'],
          message: 'a browser prints on the printer of its own machine: remove the address',
        };
      if (columns !== undefined && columns > FULL_WIDTH[paperMm])
        yield {
          path: [...path, 'columns'],
          message: `${paperMm} mm paper has room for ${FULL_WIDTH[paperMm]} characters, not ${columns}`,
        };
      for (const kiosk of kiosks.length > 0 ? kiosks : ['every other kiosk']) {
        if (seen.has(kiosk)) yield { path, message: `${kiosk} has a printer already: a kiosk prints on one` };
        seen.add(kiosk);
      }
    }
  }),
];
