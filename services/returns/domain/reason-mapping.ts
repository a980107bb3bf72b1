import { InvalidInput } from '../../../shared/kernel/errors.ts';
import type { ReturnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import type { Item, ReturnKind } from './model.ts';

type Mappings = Pick<ReturnPolicy, 'reasonMappings'>;

/**
 * What the merchant calls a reason of another system (C15).
 * @param system  the channel the return comes from
 * @returns null for one that nobody mapped; it is kept as it is
 */
export const ownReason = ({ reasonMappings }: Mappings, system: string, external: string): string | null =>
  reasonMappings.find((mapping) => mapping.system === system && mapping.external === external)?.code ?? null;

/**
 * What the other system calls the reason of an item: the very code it gave as long as that still means the reason,
 * else the first code that does; null when it has no word for what was found.
 */
export function externalReason(
  policy: Mappings,
  system: string,
  { reason, externalReason: given }: Pick<Item, 'reason' | 'externalReason'>,
): string | null {
  if (given !== null && (reason === null || ownReason(policy, system, given) === reason)) return given;
  return policy.reasonMappings.find(({ system: of, code }) => of === system && code === reason)?.external ?? null;
}

/**
 * A merchant with reasons of its own gets only those for the kind of return (C17) from its own users and systems.
 * Nobody at the packing table is refused: what the consumer wrote on a slip is recorded as it is.
 * @throws InvalidInput `REASON_UNKNOWN`
 */
export function assertReasonsKnown(
  { reasons }: Pick<ReturnPolicy, 'reasons'>,
  kind: ReturnKind,
  given: readonly (string | null)[],
): void {
  if (!reasons.length) return;
  const fitting = new Set(reasons.filter(({ kinds }) => !kinds || kinds.includes(kind)).map(({ code }) => code));
  const wrong = given.flatMap((reason, index) => (reason !== null && !fitting.has(reason) ? [{ reason, index }] : []));
  if (wrong.length)
    throw new InvalidInput(
      wrong.map(({ reason, index }) => ({
        path: `items.${index}.reason`,
        code: 'REASON_UNKNOWN',
        message: `${reason} is no reason of the merchant for this kind of return`,
      })),
    );
}
