import { Card, Group, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { SaveBar } from '../../shared/save-bar.tsx';
import { useSaving } from '../parts/saving.ts';
import { Preview, usePreview } from '../templates/preview.tsx';
import { SlotFields } from '../templates/slot-fields.tsx';
import { useTemplateDraft, type Template } from '../templates/template-draft.ts';
import classes from '../templates/templates.module.css';

/** The texts of one kind of mail in one language, with the mail beside them. */
export function TemplatePage() {
  const { t } = useTranslation('admin');
  const { kind } = useParams({ from: '/session/admin/templates/$kind' });
  const { values } = useUrlFilters(['language', 'merchantId']);
  const owner = values.merchantId ? { merchantId: values.merchantId } : {};
  const { data, error, refetch } = useApi('GET /message-templates', owner);
  const language = values.language === 'en' ? 'en' : 'de';
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/admin/templates" />;
  if (!data) return <Skeleton h={320} />;
  const template = data.items.find((one) => one.kind === kind && one.language === language);
  if (!template)
    return (
      <>
        <PageHeader title={t('templates.title')} back="/admin/templates" />
        <EmptyState title={t('templates.unknown')} />
      </>
    );
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <Editor key={`${language} ${values.merchantId}`} template={template} />
    </>
  );
}

function Editor({ template }: { template: Template }) {
  const { t } = useTranslation('admin');
  const { kind, language, merchantId } = template;
  const { change } = useUrlFilters(['language', 'merchantId']);
  const draft = useTemplateDraft(template);
  const preview = usePreview(template, draft.texts);
  const merchant = useApi('GET /merchants/{id}', { id: merchantId ?? '' }, { enabled: merchantId !== null });
  const owner = merchantId ? { merchantId } : {};
  const save = useApiMutation('PUT /message-templates/{kind}/{language}');
  const reset = useApiMutation('DELETE /message-templates/{kind}/{language}');
  const fieldError = useFieldErrors(preview.error ?? save.error, save.error);
  const saving = useSaving({
    draft,
    storedVersion: template.version,
    save,
    write: (version) =>
      save.mutateAsync({ kind, language, ...owner, texts: draft.texts, $options: { ifMatch: version } }),
  });
  const hasOwn = template.slots.some(({ override }) => override !== null);
  return (
    <>
      <PageHeader
        title={t(`messageKind.${kind}`)}
        lead={merchant.data ? t('templates.of', { name: merchant.data.name }) : t('templates.ofHouse')}
        back={merchantId ? `/admin/templates?merchantId=${merchantId}` : '/admin/templates'}
        actions={
          hasOwn && (
            <ConfirmButton
              label={t('templates.reset')}
              question={t('templates.resetTitle')}
              consequence={t('templates.resetText')}
              onConfirm={async () => {
                await reset.mutateAsync({ kind, language, ...owner });
                draft.discard();
              }}
            />
          )
        }
      />
      <Group mb="lg" gap="md">
        <SegmentedControl
          aria-label={t('templates.language')}
          data={[
            { value: 'de', label: 'Deutsch' },
            { value: 'en', label: 'English' },
          ]}
          value={language}
          disabled={draft.isDirty}
          onChange={(next) => change({ language: next })}
        />
        {draft.isDirty && (
          <Text c="dimmed" fz="sm">
            {t('templates.saveFirst')}
          </Text>
        )}
      </Group>
      <div className={classes.columns}>
        <Card>
          <SlotFields template={template} draft={draft} errorOf={fieldError} />
        </Card>
        <Preview preview={preview} />
      </div>
      <SaveBar {...saving} />
    </>
  );
}
