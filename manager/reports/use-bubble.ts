import { ref, type Ref } from 'vue';

/** A few words about a thing, beside it while it is pointed at or has the focus. Above all else on the page, and never beyond its edge. */
export interface Bubble {
  readonly isOpen: Ref<boolean>;
  readonly show: () => void;
  /** Stays for a moment, so that the pointer can go over to the words. */
  readonly leave: () => void;
  readonly hide: () => void;
}

const LEAVE_MS = 160;
const GAP = 6;
const EDGE = 8;

export function useBubble(thing: Ref<HTMLElement | null>, words: Ref<HTMLElement | null>): Bubble {
  const isOpen = ref(false);
  let leaving: ReturnType<typeof setTimeout> | undefined;

  function show(): void {
    clearTimeout(leaving);
    if (isOpen.value || thing.value === null || words.value === null) return;
    words.value.showPopover();
    const at = thing.value.getBoundingClientRect();
    const { width, height } = words.value.getBoundingClientRect();
    const left = Math.max(EDGE, Math.min(at.left, innerWidth - width - EDGE));
    const below = at.bottom + GAP;
    const top = below + height > innerHeight - EDGE ? Math.max(EDGE, at.top - height - GAP) : below;
    words.value.style.translate = `${left}px ${top}px`;
    isOpen.value = true;
  }
  function hide(): void {
    clearTimeout(leaving);
    if (isOpen.value) words.value?.hidePopover();
    isOpen.value = false;
  }
  function leave(): void {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      if (document.activeElement !== thing.value) hide();
    }, LEAVE_MS);
  }
  return { isOpen, show, leave, hide };
}
