import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { firstDayOf, lastDayOf } from '../../../../shared/kernel/dates.ts';
import { ChargeList, type ChargeListProps } from '../evidence/charge-list.tsx';
import { Unfold } from '../evidence/unfold.tsx';
import { useChargeWords } from '../evidence/words.ts';
import { Money } from '../money.tsx';
import { Section } from '../section.tsx';
import type { Account } from './account.ts';
import classes from './account.module.css';

type SectionData = Account['sections'][number];
type Line = SectionData['lines'][number];

export interface AccountSectionProps {
  section: SectionData;
  currency: string;
  merchantId: string;
  /** Of whoever looks. */
  desk: ChargeListProps['desk'];
}

/** A section of the running account: its lines as a chart, and behind each line the charges. */
export function AccountSection({ section, currency, merchantId, desk }: AccountSectionProps) {
  const { sectionOf } = useChargeWords();
  const most = Math.max(1, ...section.lines.map(({ netMinor }) => netMinor));
  return (
    <Section
      title={sectionOf(section.section)}
      aside={
        <Text fw={650} fz="lg">
          <Money minor={section.netMinor} currency={currency} />
        </Text>
      }
    >
      <Stack gap="xs">
        {section.lines.map((line) => (
          <LineRow
            key={`${line.chargeType}-${line.serviceMonth}-${line.unitPrice}-${line.label.de}`}
            {...{ line, merchantId, desk }}
            currency={currency}
            share={Math.max(0, line.netMinor) / most}
          />
        ))}
      </Stack>
    </Section>
  );
}

interface LineRowProps extends Pick<AccountSectionProps, 'currency' | 'merchantId' | 'desk'> {
  line: Line;
  /** Of the largest line of the section, from 0 to 1. */
  share: number;
}

function LineRow({ line, currency, share, merchantId, desk }: LineRowProps) {
  const { t } = useTranslation('records');
  const { i18n } = useTranslation();
  const { quantityOf, unitOf, priceOf, monthOf } = useChargeWords();
  const [opened, setOpened] = useState(false);
  const { chargeType, label, quantity, unit, unitPrice, baseQuantity, serviceMonth, charges, netMinor } = line;
  const name = label[i18n.language === 'en' ? 'en' : 'de'];
  const counted = { quantity: quantityOf(quantity), unit: unitOf(unit, quantity), price: priceOf(unitPrice, currency) };
  const [from, to] = [firstDayOf(serviceMonth), lastDayOf(serviceMonth)];
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start" pt="xs">
        <Text fw={600}>{name}</Text>
        <Text fw={600}>
          <Money minor={netMinor} currency={currency} />
        </Text>
      </Group>
      <Group justify="space-between" wrap="nowrap" gap="xs" mih={36}>
        <Text fz="sm" c="dimmed" className="tabular">
          {Number(baseQuantity) === 1
            ? t('evidence.perUnit', counted)
            : t('evidence.perBase', { ...counted, base: quantityOf(baseQuantity) })}
          {` · ${monthOf(serviceMonth)}`}
        </Text>
        <Unfold
          opened={opened}
          onToggle={() => setOpened(!opened)}
          label={t('evidence.charges', { count: charges })}
          of={name}
        />
      </Group>
      <div className={classes.track} aria-hidden>
        <div className={classes.bar} style={{ width: `${share * 100}%` }} />
      </div>
      {opened && (
        <ChargeList filters={{ merchantId, chargeType, from, to, unbilled: 'true', state: 'accrued' }} desk={desk} />
      )}
    </div>
  );
}
