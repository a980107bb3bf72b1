import { Checkbox, Group, Select, SimpleGrid, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { useFieldErrors } from '../field-errors.ts';
import { IntInput } from '../int-input.tsx';
import { Section } from '../section.tsx';
import { AddressFields, EMPTY_ADDRESS } from './address-fields.tsx';
import type { Draft, DraftField, Merchant, MerchantDraft } from './draft.ts';
import { InvoiceDelivery } from './invoice-delivery.tsx';
import { TaxFields } from './tax-fields.tsx';
import { VatChecks } from './vat-checks.tsx';

const STATES = ['active', 'suspended', 'terminated'] as const;
const ROLES = ['customer', 'supplier'] as const;

/** Who the merchant is and where mails and bills go. */
export function RecordTab({ draft, merchant }: { draft: MerchantDraft; merchant: Merchant }) {
  const seesChecks = hasRole(useUser(), 'finance', 'admin');
  return (
    <Stack gap="lg">
      <Who draft={draft} />
      <Contact draft={draft} />
      <Billing draft={draft} stored={merchant} />
      {seesChecks && (
        <VatChecks merchantId={merchant.id} vatId={merchant.vatId} isChanged={draft.draft.vatId !== merchant.vatId} />
      )}
    </Stack>
  );
}

type Texts = { [F in DraftField]: Draft[F] extends string | null ? F : never }[DraftField];

function useField({ draft, set, error }: MerchantDraft) {
  const fieldError = useFieldErrors(error);
  return {
    fieldError,
    /** A text; what may be missing is `null` while nothing is written. */
    text: (field: Texts, isOptional = false) => ({
      value: draft[field] ?? '',
      onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
        set(field, (currentTarget.value || (isOptional ? null : '')) as never),
      error: fieldError(field),
    }),
  };
}

function Who({ draft }: { draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  const { text, fieldError } = useField(draft);
  return (
    <Section title={t('record.who')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('record.number')} maxLength={40} required {...text('number')} />
        <TextInput label={t('record.name')} maxLength={120} required {...text('name')} />
        <Select
          label={t('record.status')}
          description={t(`record.statusHint.${draft.draft.status}`)}
          data={STATES.map((value) => ({ value, label: t(`merchantStatus.${value}`) }))}
          value={draft.draft.status}
          allowDeselect={false}
          onChange={(value) => draft.set('status', value as Draft['status'])}
          error={fieldError('status')}
        />
        <Select
          label={t('record.language')}
          description={t('record.languageHint')}
          data={[
            { value: 'de', label: 'Deutsch' },
            { value: 'en', label: 'English' },
          ]}
          value={draft.draft.language}
          allowDeselect={false}
          onChange={(value) => draft.set('language', value as Draft['language'])}
        />
      </SimpleGrid>
      <Checkbox.Group
        label={t('record.roles')}
        value={draft.draft.roles}
        onChange={(roles) => draft.set('roles', roles as Draft['roles'])}
        error={fieldError('roles', true)}
      >
        <Group mt="xs">
          {ROLES.map((value) => (
            <Checkbox key={value} value={value} label={t(`record.${value}`)} />
          ))}
        </Group>
      </Checkbox.Group>
    </Section>
  );
}

function Contact({ draft }: { draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  const { fieldError } = useField(draft);
  const { address, rtvAddress, noticeEmails } = draft.draft;
  return (
    <Section title={t('record.contact')}>
      <Text c="dimmed" maw={760}>
        {t('record.contactLead')}
      </Text>
      <AddressFields
        legend={t('record.address')}
        value={address}
        onChange={(value) => draft.set('address', value)}
        errorOf={(field) => fieldError(`address.${field}`)}
      />
      <Checkbox
        label={t('record.otherRtvAddress')}
        checked={rtvAddress !== null}
        onChange={({ currentTarget }) =>
          draft.set('rtvAddress', currentTarget.checked ? { ...EMPTY_ADDRESS, name: address.name } : null)
        }
      />
      {rtvAddress && (
        <AddressFields
          legend={t('record.rtvAddress')}
          value={rtvAddress}
          onChange={(value) => draft.set('rtvAddress', value)}
          errorOf={(field) => fieldError(`rtvAddress.${field}`)}
        />
      )}
      <TagsInput
        label={t('record.noticeEmails')}
        description={t('record.noticeEmailsHint')}
        inputMode="email"
        value={noticeEmails}
        maxTags={10}
        acceptValueOnBlur
        onChange={(value) => draft.set('noticeEmails', value)}
        error={fieldError('noticeEmails', true)}
      />
    </Section>
  );
}

function Billing({ draft, stored }: { draft: MerchantDraft; stored: Merchant }) {
  const { t } = useTranslation('admin');
  const { text, fieldError } = useField(draft);
  const { invoiceEmails, paymentTermsDays } = draft.draft;
  return (
    <Section title={t('record.billing')}>
      <TagsInput
        label={t('record.invoiceEmails')}
        description={t('record.invoiceEmailsHint')}
        inputMode="email"
        value={invoiceEmails}
        maxTags={10}
        acceptValueOnBlur
        onChange={(value) => draft.set('invoiceEmails', value)}
        error={fieldError('invoiceEmails', true)}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TaxFields draft={draft} stored={stored} />
        <TextInput label={t('record.vatId')} maxLength={20} {...text('vatId', true)} />
        <IntInput
          label={t('record.terms')}
          suffix={t('waiting.days')}
          min={0}
          max={120}
          value={paymentTermsDays}
          onChange={(days) => draft.set('paymentTermsDays', days!)}
          error={fieldError('paymentTermsDays')}
        />
        <TextInput label={t('record.debtor')} maxLength={20} {...text('debtorNumber', true)} />
        <TextInput label={t('record.purchaseOrder')} maxLength={60} {...text('purchaseOrderReference', true)} />
        <TextInput
          label={t('record.buyerReference')}
          description={t('record.buyerReferenceHint')}
          maxLength={60}
          {...text('buyerReference', true)}
        />
      </SimpleGrid>
      <InvoiceDelivery draft={draft} />
    </Section>
  );
}
