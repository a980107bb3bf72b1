/** Why a device did not keep something: it is full, or nobody foresaw it. */
export const notKeptBecause = (error: unknown): 'full' | 'failed' =>
  (error as Error | null)?.name === 'QuotaExceededError' ? 'full' : 'failed';

/**
 * Gives a step one id until it is done: trying again after a failure is the same step to whoever hears of it.
 * @returns does a step; @throws what the step throws
 */
export function underOneId(newId: () => string): (step: (id: string) => Promise<unknown>) => Promise<void> {
  let id = newId();
  return async (step) => {
    await step(id);
    id = newId();
  };
}
