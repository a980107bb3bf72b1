import { Checkbox, MultiSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiAll } from '../../app/api/queries.ts';

export type UserRecord = Pick<Output<'GET /users/{id}'>, 'displayName' | 'email' | 'roles' | 'merchantIds'>;

export interface UserFieldsProps {
  value: UserRecord;
  set: <Field extends keyof UserRecord>(field: Field, value: UserRecord[Field]) => void;
  errorOf: (path: string, deep?: boolean) => string | undefined;
}

const HOUSE_ROLES = ['worker', 'lead', 'finance', 'admin'] as const;
const MERCHANT_ROLES = ['merchantViewer', 'merchantDecider'] as const;

/** Who somebody is and what he may do: at the house, or for merchants. */
export function UserFields({ value, set, errorOf }: UserFieldsProps) {
  const { t } = useTranslation('admin');
  const merchants = useApiAll('GET /merchants', { sort: 'name' }).data ?? [];
  const isOfMerchant = value.roles.some((role) => (MERCHANT_ROLES as readonly string[]).includes(role));
  const chosen = value.merchantIds.filter((id) => !merchants.some((one) => one.id === id));
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('users.name')}
          required
          maxLength={120}
          value={value.displayName}
          onChange={({ currentTarget }) => set('displayName', currentTarget.value)}
          error={errorOf('displayName')}
        />
        <TextInput
          label={t('users.email')}
          required
          type="email"
          autoComplete="off"
          maxLength={254}
          value={value.email}
          onChange={({ currentTarget }) => set('email', currentTarget.value)}
          error={errorOf('email')}
        />
      </SimpleGrid>
      <Checkbox.Group
        label={t('users.roles')}
        description={t('users.rolesHint')}
        value={value.roles}
        onChange={(roles) => set('roles', roles as UserRecord['roles'])}
        error={errorOf('roles', true)}
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs">
          {[...HOUSE_ROLES, ...MERCHANT_ROLES].map((role) => (
            <Checkbox key={role} value={role} label={t(`role.${role}`)} description={t(`roleHint.${role}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      {(isOfMerchant || value.merchantIds.length > 0) && (
        <MultiSelect
          label={t('users.merchants')}
          description={t('users.merchantsHint')}
          data={[
            ...merchants.map(({ id, name }) => ({ value: id, label: name })),
            ...chosen.map((id) => ({ value: id, label: id })),
          ]}
          value={value.merchantIds}
          onChange={(ids) => set('merchantIds', ids)}
          searchable
          error={errorOf('merchantIds', true)}
        />
      )}
    </Stack>
  );
}
