import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { firstDayOf, lastDayOf } from '../../../../shared/kernel/dates.ts';
import type { Output } from '../../app/api/contract.ts';
import { ChargeList } from '../../shared/evidence/charge-list.tsx';
import { Unfold } from '../../shared/evidence/unfold.tsx';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Money } from '../../shared/money.tsx';
import { useMerchant } from '../merchants.ts';
import { Section } from '../parts/section.tsx';
import classes from './account.module.css';

type AccountSectionData = Output<'GET /merchants/{id}/account'>['sections'][number];
type Line = AccountSectionData['lines'][number];

/** A section of the running account: its lines as a chart, and behind each line the charges. */
export function AccountSection({ section, currency }: { section: AccountSectionData; currency: string }) {
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
            line={line}
            currency={currency}
            share={Math.max(0, line.netMinor) / most}
          />
        ))}
      </Stack>
    </Section>
  );
}

interface LineRowProps {
  line: Line;
  currency: string;
  /** Of the largest line of the section, from 0 to 1. */
  share: number;
}

function LineRow({ line, currency, share }: LineRowProps) {
  const { t } = useTranslation('records');
  const { i18n } = useTranslation();
  const { id: merchantId } = useMerchant();
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
        <ChargeList
          filters={{ merchantId, chargeType, from, to, unbilled: 'true', state: 'accrued' }}
          desk="/merchant"
        />
      )}
    </div>
  );
}
