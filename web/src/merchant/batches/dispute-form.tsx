import { Button, Card, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { hasNumberFault } from '../../shared/number-fault.ts';
import { ItemPhoto, useNameOf, type BatchItem, type BatchView } from './batch-items.tsx';

const REASONS = ['missing', 'damaged', 'wrong'] as const;
interface Claim {
  quantity: number;
  reason: (typeof REASONS)[number];
  note: string;
}

/** Which pieces are missing, damaged or wrong. */
export function DisputeForm({ batch, onClose }: { batch: BatchView; onClose: () => void }) {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  const [claims, setClaims] = useState<Readonly<Record<string, Claim>>>({});
  const form = useRef<HTMLDivElement>(null);
  const dispute = useApiMutation('POST /rtv-batches/{id}/dispute', { onSuccess: onClose });
  // what is disputed already is not disputed twice
  const open = batch.items.filter(({ itemId }) => !batch.disputes.some((one) => one.itemId === itemId));
  const told = Object.entries(claims).map(([itemId, claim]) => ({ itemId, ...claim, note: claim.note.trim() }));
  const set = (itemId: string, claim: Claim | undefined) => {
    const { [itemId]: _, ...others } = claims;
    setClaims(claim ? { ...others, [itemId]: claim } : others);
  };
  return (
    <Stack gap="md" ref={form}>
      <Text c="dimmed">{t('dispute.text')}</Text>
      {open.map((item) => (
        <ClaimRow
          key={item.itemId}
          item={item}
          claim={claims[item.itemId]}
          onChange={(claim) => set(item.itemId, claim)}
        />
      ))}
      {dispute.error && <ErrorState error={dispute.error} />}
      <Group>
        <Button
          loading={dispute.isPending}
          disabled={!told.length || told.some(({ quantity }) => quantity < 1)}
          onClick={() =>
            hasNumberFault(form.current) ||
            dispute.mutate({ id: batch.id, items: told, $options: { ifMatch: batch.version } })
          }
        >
          {t('dispute.send')}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {c('action.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

interface ClaimRowProps {
  item: BatchItem;
  claim: Claim | undefined;
  onChange: (claim: Claim | undefined) => void;
}

function ClaimRow({ item, claim, onChange }: ClaimRowProps) {
  const { t } = useTranslation('merchant');
  const name = useNameOf()(item);
  return (
    <Card p="sm">
      <Group gap="md" wrap="nowrap" align="center">
        <Checkbox
          size="md"
          checked={claim !== undefined}
          onChange={() => onChange(claim ? undefined : { quantity: item.quantity, reason: 'missing', note: '' })}
          label={`${name}, ${t('batches.pieces', { count: item.quantity })}`}
          flex={1}
        />
        <ItemPhoto item={item} size={56} />
      </Group>
      {claim && (
        <Group gap="sm" mt="sm" align="flex-end">
          <ExactNumber
            label={t('dispute.quantity')}
            value={claim.quantity}
            onChange={(value) => onChange({ ...claim, quantity: value ?? 0 })}
            min={1}
            max={item.quantity}
            w={120}
          />
          <Select
            label={t('dispute.reason')}
            data={REASONS.map((value) => ({ value, label: t(`dispute.reasons.${value}`) }))}
            value={claim.reason}
            onChange={(reason) => reason && onChange({ ...claim, reason: reason as Claim['reason'] })}
            allowDeselect={false}
            w={200}
          />
          <TextInput
            label={t('dispute.note')}
            maxLength={1000}
            value={claim.note}
            onChange={({ currentTarget }) => onChange({ ...claim, note: currentTarget.value })}
            flex={1}
            miw={200}
          />
        </Group>
      )}
    </Card>
  );
}
