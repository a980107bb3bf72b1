import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { useChargeWords } from '../evidence/words.ts';
import { Money } from '../money.tsx';
import { outlooks, type Account, type Outlook } from './account.ts';
import classes from './account.module.css';

/** The month by sections: what is open by now as a bar, and behind it how far it is expected to go. */
export function Forecast({ account }: { account: Account }) {
  const rows = outlooks(account);
  // credits have no length
  const most = Math.max(1, ...rows.flatMap(({ openMinor, expectedMinor }) => [openMinor, expectedMinor]));
  return (
    <ul className={classes.forecast}>
      {rows.map((row) => (
        <Row key={row.section} row={row} most={most} account={account} />
      ))}
    </ul>
  );
}

function Row({ row, most, account }: { row: Outlook; most: number; account: Account }) {
  const { t } = useTranslation('records');
  const { sectionOf } = useChargeWords();
  const { money } = useFormats();
  const { currency, expected } = account;
  const { section, openMinor, expectedMinor, billedMinor, method } = row;
  const width = (minor: number) => `${(Math.max(0, minor) / most) * 100}%`;
  const days = { days: expected.days, elapsed: expected.elapsedDays, recorded: expected.storageDays };
  return (
    <li>
      <Group justify="space-between" gap="xs" align="baseline" wrap="nowrap">
        <Text fw={600}>{section === 'minimum' ? t('account.minimum') : sectionOf(section)}</Text>
        <Text className="tabular" ta="right">
          <Text span fw={650}>
            <Money minor={openMinor} currency={currency} />
          </Text>{' '}
          <Text span c="dimmed" fz="sm">
            → <Money minor={expectedMinor} currency={currency} />
          </Text>
        </Text>
      </Group>
      <div className={classes.track} aria-hidden>
        <div className={classes.ahead} style={{ width: width(expectedMinor) }} />
        <div className={classes.bar} style={{ width: width(openMinor) }} />
      </div>
      <Text fz="sm" c="dimmed">
        {section === 'minimum' ? t('account.minimumHint') : t(`account.methods.${method}`, days)}
        {billedMinor !== 0 && ` ${t('account.billed', { amount: money(billedMinor, currency) })}`}
      </Text>
    </li>
  );
}
