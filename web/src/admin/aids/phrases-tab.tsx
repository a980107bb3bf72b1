import { Button, Group, MultiSelect, SimpleGrid, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { GradeButtons } from '../../shared/grade.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import type { Draft } from '../../warehouse/offline/model.ts';
import { Phrases } from '../../warehouse/parts/finding-fields.tsx';
import { Choice } from '../merchant/condition-fields.tsx';
import { GRADES } from '../merchant/conditions.ts';
import { useListDraft } from '../parts/list-draft.ts';
import { Rows } from '../parts/rows.tsx';
import { SaveBar } from '../../shared/save-bar.tsx';
import { useSaving } from '../parts/saving.ts';
import { Section } from '../parts/section.tsx';
import { newCode } from './codes.ts';
import { forgetAids, useAids, type Owner } from './use-aids.ts';

type List = Output<'GET /return-phrases'>;
type Phrase = List['phrases'][number];

/** Findings that a worker taps instead of typing them. */
export function PhrasesTab({ owner }: { owner: Owner }) {
  const { data, error, refetch } = useApi('GET /return-phrases', owner);
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={240} />;
  return (
    <Stack gap="md">
      <StaleNotice error={error} refetch={refetch} />
      <Editor owner={owner} stored={data} />
    </Stack>
  );
}

function Editor({ owner, stored }: { owner: Owner; stored: List }) {
  const { t } = useTranslation('admin');
  const draft = useListDraft({ version: stored.version, items: stored.phrases });
  const save = useApiMutation('PUT /return-phrases', { onSuccess: forgetAids });
  const { inEffect, reasons } = useAids(owner);
  const fieldError = useFieldErrors(save.error);
  const phrases = draft.items;
  const saving = useSaving({
    draft,
    storedVersion: stored.version,
    save,
    write: (version) => save.mutateAsync({ ...owner, phrases: [...phrases], $options: { ifMatch: version } }),
  });
  return (
    <Stack gap="lg">
      <Section title={t('phrases.title')} lead={t('phrases.lead')}>
        {phrases.length === 0 && (
          <Stack gap="sm">
            <Text>{t(owner.merchantId ? 'phrases.fromHouse' : 'phrases.fromProduct')}</Text>
            <Group>
              <Button variant="default" disabled={!inEffect} onClick={() => draft.set(inEffect!.phrases)}>
                {t('phrases.takeOver')}
              </Button>
            </Group>
          </Stack>
        )}
        <Rows<Phrase>
          label={t('phrases.title')}
          items={phrases}
          onChange={draft.set}
          ordered
          max={200}
          nameOf={(phrase) => phrase[currentLanguage()] || t('phrases.unnamed')}
          errorOf={(index) => fieldError(`phrases.${index}`, true)}
          addLabel={t('phrases.add')}
          make={() => ({ id: newCode(), de: '', en: '' })}
          summaryOf={(phrase) => (
            <>
              <Text span fw={600} display="block">
                {phrase[currentLanguage()] || t('phrases.unnamed')}
              </Text>
              <Text span c="dimmed" fz="sm">
                {phrase.grades?.length
                  ? t('rules.ifGrade', { list: phrase.grades.join(', ') })
                  : t('phrases.everyGrade')}
              </Text>
            </>
          )}
          render={(phrase, change) => (
            <Stack gap="md">
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <Textarea
                  label={t('reasons.de')}
                  autosize
                  maxLength={300}
                  value={phrase.de}
                  onChange={({ currentTarget }) => change({ ...phrase, de: currentTarget.value })}
                />
                <Textarea
                  label={t('reasons.en')}
                  autosize
                  maxLength={300}
                  value={phrase.en}
                  onChange={({ currentTarget }) => change({ ...phrase, en: currentTarget.value })}
                />
              </SimpleGrid>
              <Choice
                label={t('phrases.grades')}
                options={GRADES.map((grade) => ({ value: grade, label: grade }))}
                value={phrase.grades ?? []}
                onChange={(next) =>
                  change(
                    withList(
                      phrase,
                      'grades',
                      GRADES.filter((grade) => next.includes(grade)),
                    ),
                  )
                }
              />
              <MultiSelect
                label={t('phrases.reasons')}
                data={reasons.map((reason) => ({ value: reason.code, label: reason[currentLanguage()] }))}
                value={phrase.reasons ?? []}
                onChange={(next) => change(withList(phrase, 'reasons', next))}
                searchable
              />
            </Stack>
          )}
        />
      </Section>
      <Preview phrases={phrases.length ? phrases : (inEffect?.phrases ?? [])} />
      <SaveBar {...saving} />
    </Stack>
  );
}

/** As a worker has them under the grade; those for the grade come first. */
function Preview({ phrases }: { phrases: readonly Phrase[] }) {
  const { t } = useTranslation('admin');
  const [draft, setDraft] = useState<Draft>(NOTHING);
  const ready = phrases.filter((phrase) => phrase.de && phrase.en);
  return (
    <Section title={t('aids.preview')} lead={t('phrases.previewLead')}>
      <GradeButtons value={draft.grade ?? null} onChange={(grade) => setDraft({ ...draft, grade })} />
      <Phrases phrases={ready} draft={draft} onChange={(patch) => setDraft({ ...draft, ...patch })} />
    </Section>
  );
}

const NOTHING: Draft = { returnId: '', itemId: '', partId: '', quantity: 1, note: '', serialNumbers: [], answers: {} };

function withList<Key extends 'grades' | 'reasons'>(phrase: Phrase, key: Key, value: NonNullable<Phrase[Key]>): Phrase {
  const changed: Phrase = { ...phrase, [key]: value };
  if (!value.length) delete changed[key];
  return changed;
}
