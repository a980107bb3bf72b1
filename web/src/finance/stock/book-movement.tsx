import { Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { houseToday } from '../runs/cutoffs.ts';
import { newId } from '../../warehouse/offline/ids.ts';

const KINDS = ['goods_in', 'disposed', 'rtv', 'correction'] as const;
type Kind = (typeof KINDS)[number];
/** People say how many; the sign follows from the kind, but a correction goes both ways. */
const WAY = { goods_in: 'in', disposed: 'out', rtv: 'out', correction: 'correction' } as const satisfies Record<
  Kind,
  string
>;
const NOTHING = {
  sku: '',
  name: '',
  kind: 'goods_in' as Kind,
  pieces: null as number | null,
  reference: '',
  reason: '',
};

/** Books goods by hand, at the day they moved. @param merchantId  chosen to begin with */
export function BookMovement({ merchantId: given }: { merchantId: string | undefined }) {
  const { t } = useTranslation('finance');
  // the same booking sent twice is one
  const [id, setId] = useState(() => newId());
  const [fields, setFields] = useState({ ...NOTHING, merchantId: given ?? null, bookedOn: houseToday() });
  const book = useApiMutation('POST /stock-movements');
  const wrong = useFieldErrors(book.error);
  const { merchantId, bookedOn, sku, name, kind, pieces, reference, reason } = fields;
  const set = (patch: Partial<typeof fields>) => setFields({ ...fields, ...patch });
  const isComplete = Boolean(merchantId && bookedOn && sku.trim() && pieces && reference.trim());
  const act = async () => {
    if (!merchantId || !pieces) return;
    const quantity = WAY[kind] === 'out' ? -Math.abs(pieces) : pieces;
    await book.mutateAsync({
      ...{ id, merchantId, kind, quantity, bookedOn, sku: sku.trim(), name: name.trim(), reference: reference.trim() },
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    });
    notifications.show({ message: t('stock.booked', { quantity, sku: sku.trim() }) });
    setId(newId());
    setFields({ ...NOTHING, merchantId, bookedOn, kind });
  };
  return (
    <ConfirmButton
      variant="filled"
      danger={false}
      label={t('stock.book')}
      question={t('stock.question')}
      consequence={t('stock.consequence')}
      canConfirm={isComplete}
      onConfirm={act}
    >
      <Stack gap="sm">
        <MerchantSelect
          withNumber
          label={t('run.merchant')}
          required
          clearable={false}
          value={merchantId}
          error={wrong('merchantId')}
          onChange={(chosen) => set({ merchantId: chosen })}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label={t('stock.kind')}
            allowDeselect={false}
            data={KINDS.map((value) => ({ value, label: t(`stock.kinds.${value}`) }))}
            value={kind}
            onChange={(chosen) => set({ kind: chosen as Kind })}
          />
          <TextInput
            type="date"
            label={t('stock.day')}
            required
            max={houseToday()}
            value={bookedOn}
            error={wrong('bookedOn')}
            onChange={({ currentTarget }) => set({ bookedOn: currentTarget.value })}
          />
          <TextInput
            label={t('stock.sku')}
            required
            maxLength={80}
            value={sku}
            error={wrong('sku')}
            onChange={({ currentTarget }) => set({ sku: currentTarget.value })}
          />
          <ExactNumber
            hideControls
            label={t('stock.quantity')}
            description={t(`stock.quantityHint.${WAY[kind]}`)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
            min={WAY[kind] === 'correction' ? -1_000_000 : 1}
            max={1_000_000}
            value={pieces}
            error={wrong('quantity')}
            onChange={(typed) => set({ pieces: typed })}
          />
        </SimpleGrid>
        <TextInput
          label={t('stock.name')}
          maxLength={300}
          value={name}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        />
        <TextInput
          label={t('stock.reference')}
          description={t('stock.referenceHint')}
          required
          maxLength={60}
          value={reference}
          error={wrong('reference')}
          onChange={({ currentTarget }) => set({ reference: currentTarget.value })}
        />
        <TextInput
          label={t('stock.reason')}
          maxLength={200}
          value={reason}
          error={wrong('reason')}
          onChange={({ currentTarget }) => set({ reason: currentTarget.value })}
        />
      </Stack>
    </ConfirmButton>
  );
}
