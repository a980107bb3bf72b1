import { SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../parts/section.tsx';
import type { OrderDraft } from './draft.ts';
import type { OrderFieldsProps } from './head-fields.tsx';

type Field = 'name' | 'email' | 'extra' | 'street' | 'postalCode' | 'city';

/** Who bought, as far as it is known; the address is in the country of the order. */
export function ConsumerFields({ draft, onChange, errorOf }: OrderFieldsProps) {
  const { t } = useTranslation('admin');
  const props = (field: Field, label: string, maxLength: number, ...paths: string[]) => ({
    label,
    maxLength,
    value: draft[field],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange({ [field]: currentTarget.value } as Partial<OrderDraft>),
    error: paths.map((path) => errorOf(path)).find(Boolean),
  });
  return (
    <Section title={t('orders.consumer')} lead={t('orders.consumerLead')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput {...props('name', t('orders.consumerName'), 120, 'consumer.name', 'consumer.address.name')} />
        <TextInput type="email" {...props('email', t('orders.email'), 254, 'consumer.email')} />
        <TextInput {...props('street', t('address.street'), 120, 'consumer.address.street')} />
        <TextInput {...props('extra', t('address.extra'), 120, 'consumer.address.extra')} />
        <TextInput {...props('postalCode', t('address.postalCode'), 20, 'consumer.address.postalCode')} />
        <TextInput {...props('city', t('address.city'), 80, 'consumer.address.city')} />
      </SimpleGrid>
    </Section>
  );
}
