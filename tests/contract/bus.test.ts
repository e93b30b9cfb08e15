import { describe, expect, test } from '@jest/globals';
import { inProcessBus } from '../../server/bus/in-process.ts';
import type { Bus, BusMessage } from '../../server/ports.ts';

const message = (version: number): BusMessage => ({ branchId: 'b1', day: '2026-11-24', version });
const delivered = () => new Promise((resolve) => setImmediate(resolve));

describe.each([{ name: 'in the process', open: (): Promise<Bus> => Promise.resolve(inProcessBus()) }])(
  'a bus: $name',
  ({ open }) => {
    test('every listener hears every message, in order, and not within publish', async () => {
      const bus = await open();
      const heard: string[] = [];
      bus.subscribe(({ version }) => heard.push(`one ${version}`));
      bus.subscribe(({ version }) => heard.push(`two ${version}`));
      bus.publish(message(1));
      bus.publish(message(2));
      expect(heard).toEqual([]);
      await delivered();
      expect(heard.filter((text) => text.startsWith('one'))).toEqual(['one 1', 'one 2']);
      expect(heard.filter((text) => text.startsWith('two'))).toEqual(['two 1', 'two 2']);
      await bus.close();
    });

    test('who has left hears nothing more, not even what is on its way', async () => {
      const bus = await open();
      const heard: number[] = [];
      const leave = bus.subscribe(({ version }) => heard.push(version));
      bus.publish(message(1));
      await delivered();
      bus.publish(message(2));
      leave();
      bus.publish(message(3));
      await delivered();
      expect(heard).toEqual([1]);
      await bus.close();
    });

    test('a closed bus is silent', async () => {
      const bus = await open();
      const heard: number[] = [];
      bus.subscribe(({ version }) => heard.push(version));
      await bus.close();
      bus.publish(message(1));
      await delivered();
      expect(heard).toEqual([]);
    });
  },
);
