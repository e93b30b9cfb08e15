import type { PaperKey, PrintRecords, PrintResult } from '../printing-ports.ts';

/** Which papers were printed, in this process's memory, for tests: gone when the process is. */
export function memoryPrintRecords(): PrintRecords {
  const results = new Map<string, PrintResult | undefined>();
  const keyOf = ({ ticketId, copy }: PaperKey) => `${ticketId} ${copy}`;
  return {
    begin(paper) {
      const isFirst = !results.has(keyOf(paper));
      if (isFirst) results.set(keyOf(paper), undefined);
      return Promise.resolve(isFirst);
    },
    finish: (paper, result) => Promise.resolve(void results.set(keyOf(paper), result)),
    resultOf: (paper) => Promise.resolve(results.get(keyOf(paper))),
  };
}
