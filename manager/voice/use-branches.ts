import { computed, onMounted, shallowRef } from 'vue';
import { clock, dateWords, textIn } from '../../client/format.ts';
import { useLocale } from '../../client/locale.ts';
import { readNetwork, type BranchOfNetwork } from '../../client/network.ts';
import type { BranchId, CounterId, Instant, StaffId } from '../../domain/ids.ts';
import { fetchStaff, type SignedIn, type StaffMember } from '../signed-in.ts';

/** Names of branches and of people, and times as they are in a branch. Until they are read, and where there is none, ids stand there. */
export function useBranches(branchId: () => BranchId, person: () => SignedIn) {
  const { locale } = useLocale();
  const branches = shallowRef<readonly BranchOfNetwork[]>([]);
  const staff = shallowRef<readonly StaffMember[]>([]);
  onMounted(async () => {
    branches.value = await readNetwork().then(
      (network) => network.branches,
      () => [],
    );
    const found = await fetchStaff(branchId(), person()).catch(() => []);
    staff.value = 'problem' in found ? [] : found;
  });
  const find = (id: BranchId) => branches.value.find((one) => one.branchId === id);
  const zoneOf = (id: BranchId) => find(id)?.timeZone ?? 'UTC';
  return {
    branchName: (id: BranchId) => {
      const found = find(id);
      return found === undefined ? id : textIn(found.name, locale.value);
    },
    /** The number on the sign. */
    counterLabel: (id: BranchId, counter: CounterId) =>
      find(id)?.counters.find((one) => one.id === counter)?.label ?? counter,
    personName: (id: StaffId) =>
      (id === person().staffId ? person().name : staff.value.find((one) => one.id === id)?.name) ?? id,
    day: (at: Instant, id: BranchId) => dateWords(at, zoneOf(id), locale.value),
    time: (at: Instant, id: BranchId) => clock(at, zoneOf(id), locale.value),
    choices: computed(() => branches.value.map((one) => ({ id: one.branchId, name: textIn(one.name, locale.value) }))),
  };
}
export type VoiceNames = ReturnType<typeof useBranches>;
