import type { Meeting, ReviewPack } from '../../protocol/reviews.ts';
import type { BranchAction, ReviewRecords } from '../review-ports.ts';

/** Reviews in this process's memory, for tests: gone when the process is. */
export function memoryReviews(): ReviewRecords {
  const packs = new Map<string, ReviewPack>();
  const meetings = new Map<string, Meeting>();
  const actions = new Map<string, BranchAction>();
  const key = (branchId: string, id: string) => `${branchId} ${id}`;
  return {
    addPack(pack, meeting) {
      const place = key(pack.facts.branchId, pack.facts.month);
      const isNew = !packs.has(place);
      if (isNew) {
        packs.set(place, pack);
        meetings.set(key(meeting.branchId, meeting.id), meeting);
      }
      return Promise.resolve(isNew);
    },
    pack: (branchId, month) => Promise.resolve(packs.get(key(branchId, month))),
    packs(branchId) {
      const own = [...packs.values()].filter(({ facts }) => facts.branchId === branchId);
      const rows = own.map(({ facts: { month }, madeAt, meetingId }) => ({ month, madeAt, meetingId }));
      return Promise.resolve(rows.sort((a, b) => (a.month < b.month ? 1 : -1)));
    },
    addMeeting(meeting) {
      meetings.set(key(meeting.branchId, meeting.id), meeting);
      return Promise.resolve();
    },
    meeting: (branchId, id) => Promise.resolve(meetings.get(key(branchId, id))),
    meetings(branchId) {
      const own = [...meetings.values()].filter((meeting) => meeting.branchId === branchId);
      return Promise.resolve(own.sort((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1)));
    },
    change(meeting, added = []) {
      const place = key(meeting.branchId, meeting.id);
      if (meetings.get(place)?.version !== meeting.version - 1) return Promise.resolve(false);
      meetings.set(place, meeting);
      const { branchId } = meeting;
      for (const action of added) actions.set(key(branchId, action.id), { ...action, branchId });
      return Promise.resolve(true);
    },
    action: (branchId, id) => Promise.resolve(actions.get(key(branchId, id))),
    actions(branches) {
      const those = [...actions.values()].filter(({ branchId }) => branches.includes(branchId));
      return Promise.resolve(those.sort((a, b) => (a.due === b.due ? (a.id < b.id ? -1 : 1) : a.due < b.due ? -1 : 1)));
    },
    moveAction(branchId, action, was) {
      const place = key(branchId, action.id);
      const before = actions.get(place);
      if (before?.state !== was) return Promise.resolve(false);
      actions.set(place, { ...before, ...action });
      return Promise.resolve(true);
    },
  };
}
