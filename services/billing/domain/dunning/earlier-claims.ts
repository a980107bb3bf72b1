import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { workingDayFrom } from './working-days.ts';

/**
 * What a letter of today may demand of earlier claims. What a letter that still gives time demands already, that of
 * another invoice as well, would be paid twice by whoever pays both.
 * @param demandedUntil  until when the letters that a claim stands on give time, `null` where there is none
 */
export const demandable = <Claim extends { demandedUntil: LocalDate | null }>(
  claims: readonly Claim[],
  today: LocalDate,
): Claim[] => claims.filter(({ demandedUntil }) => demandedUntil === null || workingDayFrom(demandedUntil) < today);
