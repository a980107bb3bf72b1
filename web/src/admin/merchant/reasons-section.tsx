import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { Rows } from '../parts/rows.tsx';
import { Section } from '../parts/section.tsx';
import { Choice } from './condition-fields.tsx';
import { KINDS, reasonName, useReasons, type Kind, type Reason } from './conditions.ts';
import type { MerchantDraft, Policy } from '../../shared/merchant-record/draft.ts';

type Mapping = Policy['reasonMappings'][number];

/** Why consumers send something back, in the words of the merchant, and what other systems call it. */
export function ReasonsSection({ draft }: { draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  const own = draft.draft.returnPolicy.reasons;
  const reasons = useReasons(own);
  return (
    <>
      <Section title={t('reasons.title')} lead={t('reasons.lead')}>
        {own.length === 0 ? (
          <Stack gap="sm">
            <Text>
              {t('reasons.standard', { list: reasons.map((reason) => reason[currentLanguage()]).join(', ') })}
            </Text>
            <Group>
              <Button
                variant="default"
                disabled={!reasons.length}
                onClick={() => draft.setPolicy({ reasons: [...reasons] })}
              >
                {t('reasons.takeOver')}
              </Button>
            </Group>
          </Stack>
        ) : (
          <OwnReasons draft={draft} />
        )}
      </Section>
      <Mappings draft={draft} reasons={reasons} />
    </>
  );
}

function OwnReasons({ draft }: { draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  const { reasons } = draft.draft.returnPolicy;
  const fieldError = useFieldErrors(draft.error);
  return (
    <Rows<Reason>
      label={t('reasons.title')}
      items={reasons}
      onChange={(next) => draft.setPolicy({ reasons: next })}
      ordered
      max={100}
      nameOf={(reason) => reason[currentLanguage()] || t('reasons.unnamed')}
      errorOf={(index) => fieldError(`returnPolicy.reasons.${index}`, true)}
      addLabel={t('reasons.add')}
      make={() => ({ code: '', de: '', en: '' })}
      summaryOf={(reason) => (
        <>
          <Text span fw={600} display="block">
            {reason[currentLanguage()] || t('reasons.unnamed')}
          </Text>
          <Text span c="dimmed" fz="sm">
            {reason.kinds?.length ? reason.kinds.map((kind) => t(`kind.${kind}`)).join(', ') : t('reasons.everyKind')}
          </Text>
        </>
      )}
      render={(reason, change) => (
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput
              label={t('reasons.de')}
              maxLength={80}
              value={reason.de}
              onChange={({ currentTarget }) => change({ ...reason, de: currentTarget.value })}
            />
            <TextInput
              label={t('reasons.en')}
              maxLength={80}
              value={reason.en}
              onChange={({ currentTarget }) => change({ ...reason, en: currentTarget.value })}
            />
            <TextInput
              label={t('reasons.code')}
              description={t('reasons.codeHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={60}
              value={reason.code}
              onChange={({ currentTarget }) => change({ ...reason, code: currentTarget.value })}
            />
          </SimpleGrid>
          <Choice
            label={t('reasons.kinds')}
            options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            value={reason.kinds ?? []}
            onChange={(next) =>
              change(
                withKinds(
                  reason,
                  KINDS.filter((kind) => next.includes(kind)),
                ),
              )
            }
          />
        </Stack>
      )}
    />
  );
}

function Mappings({ draft, reasons }: { draft: MerchantDraft; reasons: readonly Reason[] }) {
  const { t } = useTranslation('admin');
  const { reasonMappings } = draft.draft.returnPolicy;
  const fieldError = useFieldErrors(draft.error);
  const options = (code: string) => {
    const known = reasons.map((reason) => ({ value: reason.code, label: reason[currentLanguage()] }));
    return code && !reasons.some((reason) => reason.code === code) ? [...known, { value: code, label: code }] : known;
  };
  return (
    <Section title={t('mappings.title')} lead={t('mappings.lead')}>
      <Rows<Mapping>
        label={t('mappings.title')}
        items={reasonMappings}
        onChange={(next) => draft.setPolicy({ reasonMappings: next })}
        max={500}
        nameOf={(mapping) =>
          t('mappings.nameOf', { external: mapping.external, reason: reasonName(reasons, mapping.code) })
        }
        errorOf={(index) => fieldError(`returnPolicy.reasonMappings.${index}`, true)}
        addLabel={t('mappings.add')}
        make={() => ({ system: '', external: '', code: '' })}
        render={(mapping, change) => (
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            <TextInput
              label={t('mappings.system')}
              maxLength={40}
              value={mapping.system}
              onChange={({ currentTarget }) => change({ ...mapping, system: currentTarget.value })}
            />
            <TextInput
              label={t('mappings.external')}
              maxLength={80}
              value={mapping.external}
              onChange={({ currentTarget }) => change({ ...mapping, external: currentTarget.value })}
            />
            <Select
              label={t('mappings.reason')}
              data={options(mapping.code)}
              value={mapping.code || null}
              allowDeselect={false}
              searchable
              onChange={(code) => change({ ...mapping, code: code ?? '' })}
            />
          </SimpleGrid>
        )}
      />
    </Section>
  );
}

function withKinds({ kinds: _, ...reason }: Reason, kinds: Kind[]): Reason {
  return kinds.length ? { ...reason, kinds } : reason;
}
