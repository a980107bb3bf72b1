import type { Input, Output } from '../../app/api/contract.ts';
import { decimalOf } from '../../shared/typed-figure.ts';

export type Settings = Output<'GET /dunning-settings'>;
type Body = Input<'PUT /dunning-settings'>;

/** A level as it is typed: nothing in a field is no day, and an amount is the text that stands there. */
export interface LevelDraft {
  daysAfterDue: number | null;
  payWithinDays: number | null;
  fee: string | undefined;
}

/** Every setting as it is typed. */
export interface SettingsDraft {
  levels: readonly LevelDraft[];
  minimum: string | undefined;
  interest: boolean;
  lumpSum: boolean;
}

export const draftOf = ({ settings }: Settings): SettingsDraft => ({
  levels: settings.levels.map(({ daysAfterDue, payWithinDays, feeMinor }) => ({
    ...{ daysAfterDue, payWithinDays, fee: decimalOf(feeMinor) },
  })),
  minimum: decimalOf(settings.minimumMinor),
  ...{ interest: settings.interest, lumpSum: settings.lumpSum },
});

/** What the API takes; what is no number is sent as `null`, which it refuses with the name of the field. */
export const bodyOf = ({ levels, minimum, interest, lumpSum }: SettingsDraft): Body =>
  ({
    levels: levels.map(({ daysAfterDue, payWithinDays, fee }) => ({
      ...{ daysAfterDue, payWithinDays, feeMinor: minorOf(fee) },
    })),
    minimumMinor: minorOf(minimum),
    ...{ interest, lumpSum },
  }) as Body;

/** Cents of an amount that may be nothing; `null` for parts of a cent and for what is no amount. */
export function minorOf(decimal: string | undefined): number | null {
  const parts = /^(\d{0,9})(?:\.(\d{0,2}))?$/.exec(decimal ?? '');
  return parts && Number(parts[1] || 0) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
}
