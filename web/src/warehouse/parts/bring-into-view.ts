import type { Part } from '../offline/lacks.ts';

/** Something that led to an item; each one is an object of its own, so that the same item can be led to again. */
export interface Opening {
  id: string | null;
  /** What of it is lacking. */
  part?: Part;
}

/** Cards above grow and banners come while findings and photos are on their way. */
const FOLLOW_MS = 4_000;
const TOUCHES = ['pointerdown', 'wheel', 'touchmove', 'keydown'] as const;

/**
 * Puts the head of a card below the header of the page, or the part that lacks something into the middle, and keeps it
 * there while the page above it changes, until somebody touches the page. It jumps: a smooth scroll would go to where
 * the card was when it began.
 * @returns ends it
 */
export function bringIntoView(card: HTMLElement, part?: Part): () => void {
  const lacking = part && card.querySelector<HTMLElement>(`[data-part=${part}]`);
  const show = () => (lacking ? lacking.scrollIntoView({ block: 'center' }) : card.scrollIntoView({ block: 'start' }));
  // a size is told after each layout, the one that opens the card among them
  const sizes = new ResizeObserver(show);
  const stop = () => {
    sizes.disconnect();
    clearTimeout(timer);
    for (const touch of TOUCHES) removeEventListener(touch, stop, true);
  };
  const timer = setTimeout(stop, FOLLOW_MS);
  for (const touch of TOUCHES) addEventListener(touch, stop, { capture: true, passive: true });
  show();
  sizes.observe(document.body);
  if (lacking) mark(lacking);
  return stop;
}

const MARK_MS = 1_800;

/** A frame that goes by itself: the part may have been in sight already. */
function mark(lacking: HTMLElement): void {
  const frame = { outline: '3px solid var(--k-warn)', outlineOffset: '6px', borderRadius: '0.7rem' };
  lacking.animate([frame, { ...frame, offset: 0.7 }, { ...frame, outlineColor: 'transparent' }], MARK_MS);
}
