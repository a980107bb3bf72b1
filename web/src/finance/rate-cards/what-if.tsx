import { Button, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addMonths, monthOf } from '../../../../shared/kernel/dates.ts';
import type { Input } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { useMerchantNames } from '../../shared/merchant-names.ts';
import { Money } from '../../shared/money.tsx';
import { useShareOf } from '../parts/change.tsx';
import { houseToday } from '../runs/cutoffs.ts';
import { latestOf, type Card, type Draft } from './card.ts';

type Question = Input<'POST /rate-cards/what-if'>;
type Result = { items: WhatIfMerchant[]; nextCursor: string | null };
type WhatIfMerchant = Awaited<ReturnType<ReturnType<typeof useWhatIf>['mutateAsync']>>['items'][number];
const useWhatIf = () => useApiMutation('POST /rate-cards/what-if');

/** What past months would have come to at the prices of a version, or of a draft (X3). Nothing is stored. */
export function WhatIf({ card, draft }: { card: Card; draft?: Draft }) {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const [before] = useState(() => addMonths(monthOf(houseToday()), -1));
  const [version, setVersion] = useState(String(latestOf(card).version));
  const [range, setRange] = useState({ from: before, to: before });
  const [answered, setAnswered] = useState<Result & { question: string }>();
  const ask = useWhatIf();
  const wrong = useFieldErrors(ask.error);
  const asked = { cardId: card.id, ...(draft ? { draft } : { version: Number(version) }), ...range };
  const question = JSON.stringify(asked);
  // an answer is none to other prices or months
  const found = answered?.question === question ? answered : undefined;
  const run = async (cursor?: string) => {
    const answer = await ask
      .mutateAsync({ ...asked, ...(cursor ? { cursor } : {}) } as Question)
      .catch(() => undefined);
    if (!answer) return;
    const earlier = cursor && found ? found.items : [];
    setAnswered({ question, items: [...earlier, ...answer.items], nextCursor: answer.nextCursor });
  };
  return (
    <Stack gap="md">
      <Text>{t('whatIf.lead')}</Text>
      <Group gap="sm" align="flex-end">
        {!draft && (
          <Select
            label={t('explain.version')}
            data={card.versions.map((one) => ({
              value: String(one.version),
              label: t('explain.versionFrom', { version: one.version, from: day(one.validFrom) }),
            }))}
            value={version}
            allowDeselect={false}
            onChange={(value) => value && setVersion(value)}
          />
        )}
        {(['from', 'to'] as const).map((name) => (
          <TextInput
            key={name}
            type="month"
            label={t(`whatIf.${name}`)}
            value={range[name]}
            error={wrong(name)}
            onChange={({ currentTarget }) => setRange({ ...range, [name]: currentTarget.value })}
          />
        ))}
        <Button loading={ask.isPending} disabled={!range.from || !range.to} onClick={() => void run()}>
          {t('whatIf.ask')}
        </Button>
      </Group>
      {ask.error && <ErrorState error={ask.error} />}
      {found && <Outcome found={found} />}
      {found?.nextCursor && (
        <Button variant="default" mx="auto" loading={ask.isPending} onClick={() => void run(found.nextCursor!)}>
          {t('whatIf.more')}
        </Button>
      )}
    </Stack>
  );
}

function Outcome({ found: { items } }: { found: Result }) {
  const { t } = useTranslation('finance');
  const { monthOf: monthWords } = useChargeWords();
  const share = useShareOf();
  const { nameOf } = useMerchantNames();
  if (!items.length) return <Text c="dimmed">{t('whatIf.nobody')}</Text>;
  const failed = items.filter((one) => one.failed);
  const rows = items.flatMap(({ merchantId, months }) => months.map((month) => ({ merchantId, ...month })));
  return (
    <Table.ScrollContainer minWidth={280} type="native">
      <Table verticalSpacing="xs" horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('run.merchant')}</Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              {t('storage.month')}
            </Table.Th>
            {(['actual', 'whatIf', 'difference'] as const).map((column) => (
              <Table.Th
                key={column}
                scope="col"
                className="numeric"
                {...(column === 'actual' ? { visibleFrom: 'sm' } : {})}
              >
                {t(`whatIf.columns.${column}`)}
              </Table.Th>
            ))}
            <Table.Th scope="col" className="numeric" visibleFrom="sm">
              {t('whatIf.columns.unrated')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {failed.map(({ merchantId }) => (
            <Table.Tr key={merchantId}>
              <Table.Th scope="row" fw={500}>
                {nameOf(merchantId) ?? '–'}
              </Table.Th>
              <Table.Td colSpan={5}>{t('whatIf.failed')}</Table.Td>
            </Table.Tr>
          ))}
          {rows.map((row) => (
            <Table.Tr key={`${row.merchantId}-${row.month}`}>
              <Table.Th scope="row" fw={500}>
                {nameOf(row.merchantId) ?? '–'}
                <Text fz="sm" c="dimmed" hiddenFrom="sm">
                  {monthWords(row.month)}
                </Text>
              </Table.Th>
              <Table.Td visibleFrom="sm">{monthWords(row.month)}</Table.Td>
              <Table.Td className="numeric" visibleFrom="sm">
                <Money minor={row.actualMinor} />
              </Table.Td>
              <Table.Td className="numeric">
                <Money minor={row.whatIfMinor} />
              </Table.Td>
              <Table.Td className="numeric">
                <Money minor={row.differenceMinor} /> ({share(row.whatIfMinor, row.actualMinor)})
                {row.unrated.whatIf > 0 && (
                  <Text fz="sm" c="dimmed" hiddenFrom="sm">
                    {t('whatIf.columns.unrated')}: {row.unrated.whatIf}
                  </Text>
                )}
              </Table.Td>
              <Table.Td className="numeric" visibleFrom="sm">
                {row.unrated.whatIf || '–'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
