/**
 * Keeps a step from being taken again while it is under way: a second tap within the same moment, before any button
 * can be drawn as busy, does nothing.
 * @param onBusy  hears when it begins and when it has ended
 * @returns a function that takes the step, unless one is under way; it fails as the step does
 */
export function oneAtATime(onBusy: (busy: boolean) => void): (step: () => unknown) => Promise<void> {
  let busy = false;
  const set = (now: boolean) => {
    busy = now;
    onBusy(now);
  };
  return async (step) => {
    if (busy) return;
    set(true);
    try {
      await step();
    } finally {
      set(false);
    }
  };
}
