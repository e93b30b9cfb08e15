import { useIntervalFn } from '@vueuse/core';
import { onMounted, shallowRef } from 'vue';
import type { Door } from '../insight/reports.ts';
import { readBoard, type BoardDevice } from './board.ts';

export type DeviceLook = 'here' | 'silent' | 'warn' | 'unknown';

/** How the paired devices are that stand in the hall, and what they are called. */
export interface Board {
  /** @param device its id, or the name that it was paired with */
  readonly lookOf: (device: string) => DeviceLook;
  readonly nameOf: (device: string) => string;
}

const AGAIN_MS = 15_000;

export function useBoard(door: () => Door): Board {
  const devices = shallowRef<readonly BoardDevice[]>([]);
  async function read(): Promise<void> {
    const { branchId, token } = door();
    devices.value = (await readBoard(branchId, token)) ?? devices.value;
  }
  onMounted(() => void read());
  useIntervalFn(() => void read(), AGAIN_MS);
  const find = (device: string) => devices.value.find(({ id, name }) => id === device || name === device);
  return {
    nameOf: (device) => find(device)?.name ?? device,
    lookOf(device) {
      const found = find(device);
      if (found === undefined) return 'unknown';
      if (!found.here) return 'silent';
      const { printer = 'ok', reader = 'ok' } = found.state;
      return printer === 'ok' && reader === 'ok' ? 'here' : 'warn';
    },
  };
}
