import { ref, watch } from 'vue';
import { useReading } from '../insight/reports.ts';

/** A list that is read page by page, and read again every so often as far as it is shown. */
export function usePages<P>(options: {
  readonly key: () => string;
  readonly read: (page: P | undefined) => Promise<P>;
  readonly hasMore: (page: P) => boolean;
}) {
  const AGAIN_MS = 15_000;
  const count = ref(1);
  watch(options.key, () => (count.value = 1), { flush: 'sync' });
  const reading = useReading<readonly [P, ...P[]]>({
    key: options.key,
    read: async () => {
      let last = await options.read(undefined);
      const pages: [P, ...P[]] = [last];
      while (pages.length < count.value && options.hasMore(last)) pages.push((last = await options.read(last)));
      return pages;
    },
    again: () => true,
    everyMs: AGAIN_MS,
  });
  return {
    ...reading,
    more: () => {
      count.value += 1;
      return reading.refresh();
    },
  };
}
