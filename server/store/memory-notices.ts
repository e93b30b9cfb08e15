import type { NoticeRecords, NoticeWish } from '../notice-ports.ts';

/** Who wants to be told, in this process's memory, for tests: gone when the process is. */
export function memoryNotices(): NoticeRecords {
  const wishes = new Map<string, NoticeWish>();
  const keyOf = (branchId: string, day: string, ticketId: string) => `${branchId} ${day} ${ticketId}`;
  return {
    keep(wish) {
      wishes.set(keyOf(wish.branchId, wish.day, wish.ticketId), wish);
      return Promise.resolve();
    },
    of: (branchId, day) =>
      Promise.resolve([...wishes.values()].filter((wish) => wish.branchId === branchId && wish.day === day)),
    wish: (...ticket) => Promise.resolve(wishes.get(keyOf(...ticket))),
    forget(...ticket) {
      wishes.delete(keyOf(...ticket));
      return Promise.resolve();
    },
  };
}
