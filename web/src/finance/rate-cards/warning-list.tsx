import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../shared/notice.tsx';
import type { Warning } from './card.ts';

const MOST_SHOWN = 8;

/** What of a version is worth a look before it is saved, each in words. */
export function WarningList({ warnings }: { warnings: readonly Warning[] }) {
  const { t } = useTranslation('finance');
  const shown = warnings.slice(0, MOST_SHOWN);
  return (
    <Notice tone="warn" title={t('editor.warnings', { count: warnings.length })}>
      {shown.map(({ code, path, rules }, index) => (
        <Text key={`${path}-${code}-${index}`} fz="sm">
          {t(`rateWarning.${code}`, { rule: rules.at(-1) ?? '', winner: rules[0] ?? '', rules: rules.join(', ') })}
        </Text>
      ))}
      {warnings.length > shown.length && (
        <Text fz="sm">{t('editor.moreWarnings', { count: warnings.length - shown.length })}</Text>
      )}
    </Notice>
  );
}
