import { Autocomplete, Checkbox, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { suggestGrade } from '../../warehouse/offline/draft.ts';
import { ChoiceChips } from '../../warehouse/parts/choice-chips.tsx';
import { NoteBox } from '../../shared/note-box.tsx';
import { useListDraft } from '../parts/list-draft.ts';
import { Rows } from '../parts/rows.tsx';
import { SaveBar } from '../../shared/save-bar.tsx';
import { useSaving } from '../parts/saving.ts';
import { Section } from '../parts/section.tsx';
import { newCode } from './codes.ts';
import { QuestionRows } from './question-rows.tsx';
import { forgetAids, type Owner } from './use-aids.ts';

type List = Output<'GET /return-checklists'>;
export type Checklist = List['checklists'][number];

/** Questions by the group of the article, whose answers suggest the grade. */
export function ChecklistsTab({ owner }: { owner: Owner }) {
  const { data, error, refetch } = useApi('GET /return-checklists', owner);
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
  const draft = useListDraft({ version: stored.version, items: stored.checklists });
  const save = useApiMutation('PUT /return-checklists', { onSuccess: forgetAids });
  const articles = useApi('GET /articles', { ...owner, limit: 200 }, { staleTimeMs: 300_000 });
  const groups = [...new Set(articles.data?.items.flatMap(({ group }) => group ?? []) ?? [])].toSorted();
  const fieldError = useFieldErrors(save.error);
  const nameOf = ({ articleGroup }: Checklist) => articleGroup ?? t('checklists.others');
  const saving = useSaving({
    draft,
    storedVersion: stored.version,
    save,
    write: (version) => save.mutateAsync({ ...owner, checklists: [...draft.items], $options: { ifMatch: version } }),
  });
  return (
    <Stack gap="lg">
      <Section title={t('checklists.title')} lead={t('checklists.lead')}>
        {draft.items.length === 0 && <EmptyState title={t('checklists.emptyTitle')} text={t('checklists.emptyText')} />}
        <Rows<Checklist>
          label={t('checklists.title')}
          items={draft.items}
          onChange={draft.set}
          max={100}
          nameOf={nameOf}
          errorOf={(index) => fieldError(`checklists.${index}`, true)}
          addLabel={t('checklists.add')}
          make={() => ({ id: newCode(), articleGroup: '', questions: [] })}
          summaryOf={(checklist) => (
            <>
              <Text span fw={600} display="block">
                {nameOf(checklist) || t('checklists.unnamed')}
              </Text>
              <Text span c="dimmed" fz="sm">
                {t('checklists.questions', { count: checklist.questions.length })}
              </Text>
            </>
          )}
          render={(checklist, change) => (
            <Stack gap="md">
              <Checkbox
                label={t('checklists.forOthers')}
                checked={checklist.articleGroup === null}
                onChange={({ currentTarget }) =>
                  change({ ...checklist, articleGroup: currentTarget.checked ? null : '' })
                }
              />
              {checklist.articleGroup !== null && (
                <Autocomplete
                  label={t('checklists.group')}
                  description={t('checklists.groupHint')}
                  data={groups}
                  maxLength={60}
                  value={checklist.articleGroup}
                  onChange={(articleGroup) => change({ ...checklist, articleGroup })}
                  maw={420}
                />
              )}
              <QuestionRows
                questions={checklist.questions}
                onChange={(questions) => change({ ...checklist, questions })}
              />
              <Preview checklist={checklist} />
            </Stack>
          )}
        />
      </Section>
      <SaveBar {...saving} />
    </Stack>
  );
}

/** As a worker has it, with the grade that the answers suggest. */
function Preview({ checklist }: { checklist: Checklist }) {
  const { t } = useTranslation('admin');
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const suggested = suggestGrade(checklist, answers);
  if (!checklist.questions.length) return null;
  return (
    <Stack gap="sm" p="md" bg="var(--k-raised)" bdrs="md" role="group" aria-label={t('aids.preview')}>
      <Text fw={650}>{t('aids.preview')}</Text>
      {checklist.questions.map((question) => (
        <ChoiceChips
          key={question.code}
          label={question[currentLanguage()] || '…'}
          options={question.options.map((option) => ({ value: option.code, label: option[currentLanguage()] || '…' }))}
          value={answers[question.code]}
          onChange={(option) => setAnswers({ ...answers, [question.code]: option })}
        />
      ))}
      <NoteBox tone={suggested ? 'good' : 'quiet'}>
        <Text>{suggested ? t('checklists.suggests', { grade: suggested }) : t('checklists.suggestsNothing')}</Text>
      </NoteBox>
    </Stack>
  );
}
