import { ApiError } from '../../../app/api/errors.ts';
import { useApiMutation } from '../../../app/api/queries.ts';
import type { Draft, Warning } from '../card.ts';

export interface Check {
  isPending: boolean;
  /** What a save would refuse, as the save itself would tell it. */
  error: Error | null;
  /** Of the paths in `error`. */
  prefix: string;
  warnings: readonly Warning[] | undefined;
  /** @param onFine  what to do at once when there is nothing to tell */
  ask: (draft: Draft, onFine?: () => void) => void;
  forget: () => void;
}

/**
 * Asks what a save of a draft would refuse and what else is worth a look.
 * @param cardId  none for a card to be
 * @param mayGap  it prices only a part, and other cards the rest
 */
export function useCheck(cardId?: string, mayGap = false): Check {
  const check = useApiMutation('POST /rate-cards/check');
  const errors = check.data?.errors ?? [];
  const worthALook = (warnings: readonly Warning[]) => warnings.filter(({ code }) => !(mayGap && code === 'GAP'));
  const told = errors.length ? new ApiError(422, { errors }) : undefined;
  return {
    isPending: check.isPending,
    error: check.error ?? told ?? null,
    // a draft that is no version at all is refused with the paths of the body
    prefix: check.error ? 'version.' : '',
    warnings: errors.length || !check.data ? undefined : worthALook(check.data.warnings),
    ask: (version, onFine) =>
      check.mutate(
        { ...(cardId ? { cardId } : {}), version },
        {
          onSuccess: ({ errors: wrong, warnings }) => {
            if (!wrong.length && !worthALook(warnings).length) onFine?.();
          },
        },
      ),
    forget: () => check.reset(),
  };
}
