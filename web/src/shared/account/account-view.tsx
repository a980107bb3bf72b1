import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { EmptyState } from '../empty-state.tsx';
import { Money } from '../money.tsx';
import { Notice } from '../notice.tsx';
import { Section } from '../section.tsx';
import type { Account } from './account.ts';
import { AccountSection, type AccountSectionProps } from './account-section.tsx';
import classes from './account.module.css';
import { Forecast } from './forecast.tsx';

/** The running account of a merchant as it and the house see it: so far, what it will come to, and every line (X4). */
export function AccountView({ account, desk }: { account: Account; desk: AccountSectionProps['desk'] }) {
  const { t } = useTranslation('records');
  const { sections, currency, expected } = account;
  const isEmpty = !sections.length && !expected.sections.length;
  return (
    <Stack gap="lg">
      <Totals account={account} />
      {!isEmpty && (
        <Section title={t('account.bySection')}>
          <Forecast account={account} />
          <Explained account={account} />
        </Section>
      )}
      {!sections.length && <EmptyState title={t('account.emptyTitle')} text={t('account.emptyText')} />}
      {sections.map((section) => (
        <AccountSection
          key={section.section}
          section={section}
          currency={currency}
          merchantId={account.merchantId}
          desk={desk}
        />
      ))}
    </Stack>
  );
}

function Totals({ account }: { account: Account }) {
  const { t } = useTranslation('records');
  const { day } = useFormats();
  const { netMinor, currency, expected, unrated, held, tooOld } = account;
  const { elapsedDays, days } = expected;
  const missing = [
    unrated > 0 && t('account.unrated', { count: unrated }),
    held > 0 && t('account.held', { count: held }),
    tooOld > 0 && t('account.tooOld', { count: tooOld }),
  ].filter(Boolean);
  return (
    <Section title={t('account.total')}>
      <div className={classes.totals}>
        <Figure label={t('account.soFar')} minor={netMinor} currency={currency} />
        <Figure
          label={t('account.expected', { day: day(expected.upTo) })}
          minor={expected.netMinor}
          currency={currency}
          quiet
        />
      </div>
      <Text c="dimmed" fz="sm">
        {[t('account.net'), days > 0 && t('account.progress', { elapsed: elapsedDays, count: days })]
          .filter(Boolean)
          .join(' ')}
      </Text>
      {missing.length > 0 && <Notice tone="warn">{missing.join(' ')}</Notice>}
    </Section>
  );
}

interface FigureProps {
  label: string;
  minor: number;
  currency: string;
  quiet?: boolean;
}

function Figure({ label, minor, currency, quiet = false }: FigureProps) {
  return (
    <div role="group" aria-label={label}>
      <Text fz="sm" c="dimmed">
        {label}
      </Text>
      <Text fz={32} fw={650} lh={1.15} className="tabular" {...(quiet ? { c: 'dimmed' } : {})}>
        <Money minor={minor} currency={currency} />
      </Text>
    </div>
  );
}

/** How the expected total was found, in the words of whoever computed it. */
function Explained({ account: { expected } }: { account: Account }) {
  const { t, i18n } = useTranslation('records');
  return (
    <Group gap={4}>
      <Text fz="sm">
        <Text span inherit fw={600}>
          {t('account.how')}
        </Text>{' '}
        {expected.method[i18n.language === 'en' ? 'en' : 'de']}
      </Text>
    </Group>
  );
}
