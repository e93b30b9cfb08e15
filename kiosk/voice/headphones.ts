import { onScopeDispose, ref, type Ref } from 'vue';

/** Whether headphones are plugged in: only they hear what is private. `plugged` is called when they come. */
export function useHeadphones(plugged: () => void): Ref<boolean> {
  const there = ref(false);
  const devices: MediaDevices | undefined = navigator.mediaDevices;

  async function look(): Promise<void> {
    const list = (await devices?.enumerateDevices()) ?? [];
    const before = there.value;
    there.value = list.some(
      ({ kind, label }) => kind === 'audiooutput' && /head|ear(phone|bud)|耳机|耳機/i.test(label),
    );
    if (there.value && !before) plugged();
  }
  const changed = (): void => void look();

  void look();
  devices?.addEventListener('devicechange', changed);
  onScopeDispose(() => devices?.removeEventListener('devicechange', changed));
  return there;
}
