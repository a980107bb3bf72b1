import type { Output } from '../../app/api/contract.ts';
import type { SettingsBody } from './periods.ts';

export type Settings = Output<'GET /accounting-settings'>;
export type Proposal = Output<'GET /accounting-settings/proposal'>;

/** Every setting as it is typed. */
export interface SettingsDraft extends Omit<
  SettingsBody,
  'consultantNumber' | 'clientNumber' | 'accountDigits' | 'initials' | 'correctionReference'
> {
  consultantNumber: number | null;
  clientNumber: number | null;
  accountDigits: number | null;
  initials: string;
  correctionReference: 'original' | 'own';
}

/** What is stored, or what most books have. */
export const draftOf = (settings: Settings | undefined, proposal: Proposal): SettingsDraft =>
  settings
    ? { ...bare(settings), initials: settings.initials ?? '' }
    : {
        ...{ consultantNumber: null, clientNumber: null, fiscalYearStartMonth: 1, accountDigits: 4, chart: 'SKR03' },
        ...proposal,
        ...{ locked: false, initials: '', correctionReference: 'original' },
      };

const bare = ({ version: _, updatedAt: __, ...settings }: Settings) => settings;

/** What the API takes; a number that is missing is sent as 0, which it refuses with the name of the field. */
export const bodyOf = (draft: SettingsDraft): SettingsBody => ({
  ...draft,
  consultantNumber: draft.consultantNumber ?? 0,
  clientNumber: draft.clientNumber ?? 0,
  accountDigits: draft.accountDigits ?? 0,
  initials: draft.initials.trim().toUpperCase() || null,
  accounts: draft.accounts.map((entry) => ({ ...entry, account: entry.account.trim() })),
  debtors: { ...draft.debtors, account: draft.debtors.account.trim() },
});

/** Revenue is in class 8 of SKR03 and in class 4 of SKR04; in the other chart these classes hold something else. */
const CLASS_OF_OTHER = { SKR03: '4', SKR04: '8' } as const;

/** Accounts that belong to the chart that was not chosen. */
export const accountsOfOtherChart = ({ chart, accounts }: Pick<SettingsDraft, 'chart' | 'accounts'>): string[] => [
  ...new Set(accounts.map(({ account }) => account).filter((account) => account.startsWith(CLASS_OF_OTHER[chart]))),
];
