import { useTranslation } from 'react-i18next';
import { Section } from '../../shared/section.tsx';
import type { Draft } from './card.ts';
import { Adjustments, Minimums } from './extras.tsx';
import { RuleTable } from './rule-table.tsx';

/** Everything a version says. */
export function VersionView({ version }: { version: Draft }) {
  const { t } = useTranslation('finance');
  return (
    <>
      <Section title={t('card.rules')}>
        <RuleTable rules={version.rules} />
      </Section>
      <Section title={t('adjustment.title')}>
        <Adjustments items={version.adjustments} />
      </Section>
      <Section title={t('minimum.title')}>
        <Minimums items={version.minimums} />
      </Section>
    </>
  );
}
