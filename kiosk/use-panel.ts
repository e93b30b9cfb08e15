import { onScopeDispose, ref, type Ref } from 'vue';

/** Whether the panel stands upright, and whether it is too small for second lines (device.ts measures). */
export function usePanel(): { portrait: Ref<boolean>; tight: Ref<boolean> } {
  const portrait = ref(false);
  const tight = ref(false);
  const look = (): void => {
    const { layout, room } = document.documentElement.dataset;
    portrait.value = layout === 'portrait';
    tight.value = room === 'tight';
  };
  look();
  window.addEventListener('resize', look);
  onScopeDispose(() => window.removeEventListener('resize', look));
  return { portrait, tight };
}
