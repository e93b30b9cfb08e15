import type { Rating, RatingRecords } from '../rating-ports.ts';

/** Ratings in this process's memory, for tests: gone when the process is. */
export function memoryRatings(): RatingRecords {
  const ratings = new Map<string, Rating>();
  return {
    add(rating) {
      const key = [rating.branchId, rating.day, rating.ticketId, rating.channel].join(' ');
      const isNew = !ratings.has(key);
      if (isNew) ratings.set(key, rating);
      return Promise.resolve(isNew);
    },
    ofDay(branchId, day) {
      const those = [...ratings.values()].filter((rating) => rating.branchId === branchId && rating.day === day);
      return Promise.resolve(those.sort((a, b) => a.at - b.at || (a.ticketId < b.ticketId ? -1 : 1)));
    },
  };
}
