import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../../app/api/errors.ts';

/** Where in a file of the bank something is wrong: `statements.0.entries.3.amount`. */
export function placeOf(path: string): { statement?: number; entry?: number } {
  const [, statement, entry] = /^statements\.(\d+)(?:\.entries\.(\d+))?/.exec(path) ?? [];
  return {
    ...(statement === undefined ? {} : { statement: Number(statement) + 1 }),
    ...(entry === undefined ? {} : { entry: Number(entry) + 1 }),
  };
}

/** A mistake in a file of the bank, as people count statements and entries; nothing where there are no words for it. */
export function useProblemWords() {
  const { t, i18n } = useTranslation(['payments', 'codes']);
  return ({ path, code }: FieldProblem): string | undefined => {
    if (!i18n.exists(`codes:${code}`)) return undefined;
    const problem = t(`codes:${code}` as never) as string;
    const { statement, entry } = placeOf(path);
    if (statement === undefined) return problem;
    if (entry === undefined) return t('bank.problemIn', { statement, problem });
    return t('bank.problemAt', { statement, entry, problem });
  };
}
