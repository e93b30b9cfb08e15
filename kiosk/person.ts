import { computed, ref, type ComputedRef, type Ref } from 'vue';
import type { SendResult } from '../client/connection.ts';
import { actorIn } from '../client/token-actor.ts';
import type { BranchLine } from '../client/use-branch.ts';
import type { KioskView } from '../domain/views/views.ts';

/** `asking`: on the way to the server. `called`: the lobby manager knows. `coming`: somebody took it. `failed`: nobody knows. */
export type PersonState = 'nobody' | 'asking' | 'called' | 'coming' | 'failed';

export interface Person {
  readonly state: ComputedRef<PersonState>;
  readonly ask: () => Promise<void>;
}

/** "I need a person", from every page (rule A1). What has become of it is read from the hall, so it is true for all. */
export function usePerson(line: BranchLine<KioskView>, token: Ref<string | undefined>): Person {
  const sending = ref(false);
  const failed = ref(false);
  /** As the server knows this kiosk. */
  const own = computed(() => actorIn(token.value ?? '')?.replace(/^device:/, ''));
  const asked = computed(() => line.view.value?.asked?.find(({ place }) => place === own.value));

  async function ask(): Promise<void> {
    if (sending.value || asked.value !== undefined || own.value === undefined) return;
    sending.value = true;
    const result = await line.send({ type: 'AskForPerson', from: { kind: 'kiosk', id: own.value } });
    sending.value = false;
    failed.value = !result.ok && !alreadyAsked(result);
  }

  return {
    ask,
    state: computed(() => {
      if (asked.value !== undefined) return asked.value.takenAt === undefined ? 'called' : 'coming';
      if (sending.value) return 'asking';
      return failed.value ? 'failed' : 'nobody';
    }),
  };
}

function alreadyAsked(result: SendResult): boolean {
  return 'rejection' in result && result.rejection.code === 'already-asked';
}
