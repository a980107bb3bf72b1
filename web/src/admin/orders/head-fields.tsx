import { Anchor, Autocomplete, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { CountryInput } from '../../shared/country-input.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { Section } from '../parts/section.tsx';
import type { OrderDraft } from './draft.ts';

export interface OrderFieldsProps {
  draft: OrderDraft;
  onChange: (patch: Partial<OrderDraft>) => void;
  /** What is wrong with a field, by its path in the request. */
  errorOf: (path: string) => string | undefined;
}

/** Whose order it is and what it is called; a number that is taken leads to the order that has it. */
export function HeadFields({ draft, onChange, errorOf, isSent }: OrderFieldsProps & { isSent: boolean }) {
  const { t } = useTranslation('admin');
  const existing = useExisting(draft);
  return (
    <Section title={t('orders.head')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <MerchantSelect
          label={t('orders.merchant')}
          required
          value={draft.merchantId}
          onChange={(merchantId) => onChange({ merchantId })}
          error={errorOf('merchantId')}
        />
        <Autocomplete
          label={t('orders.channel')}
          description={t('orders.channelHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          maxLength={40}
          data={useChannels(draft.merchantId)}
          value={draft.channel}
          onChange={(channel) => onChange({ channel })}
          error={errorOf('channel')}
        />
        <TextInput
          label={t('orders.number')}
          required
          maxLength={80}
          value={draft.externalNumber}
          onChange={({ currentTarget }) => onChange({ externalNumber: currentTarget.value })}
          error={existing && !isSent ? <Existing id={existing} /> : errorOf('externalNumber')}
        />
        <CountryInput
          label={t('address.country')}
          value={draft.country}
          onChange={(country) => onChange({ country })}
          error={errorOf('country')}
        />
      </SimpleGrid>
    </Section>
  );
}

function Existing({ id }: { id: string }) {
  const { t } = useTranslation('admin');
  return (
    <>
      {t('orders.exists')}{' '}
      <Anchor component={Link} to={`/admin/orders/${id}`} inherit c="inherit" underline="always">
        {t('orders.toExisting')}
      </Anchor>
    </>
  );
}

const PAUSE_MS = 300;

/** The order that has this number already: asked while it is typed, and again when the server refuses it. */
function useExisting({ merchantId, channel, externalNumber }: OrderDraft): string | undefined {
  const number = externalNumber.trim();
  const [typed] = useDebouncedValue(number, PAUSE_MS);
  const key = { merchantId: merchantId ?? '', channel: channel.trim(), externalNumber: typed, limit: 1 };
  const isWhole = Boolean(key.merchantId && key.channel && typed) && typed === number;
  const { data } = useApi('GET /orders', key, { enabled: isWhole });
  return isWhole ? data?.items[0]?.id : undefined;
}

/** Where the merchant's latest orders came from. */
function useChannels(merchantId: string | null): string[] {
  const filter = { merchantId: merchantId ?? '', limit: 50 };
  const { data } = useApi('GET /orders', filter, { enabled: merchantId !== null, staleTimeMs: 60_000 });
  return [...new Set(data?.items.map(({ channel }) => channel))];
}
