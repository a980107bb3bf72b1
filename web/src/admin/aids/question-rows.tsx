import { Fieldset, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { GRADES } from '../merchant/conditions.ts';
import { Rows } from '../parts/rows.tsx';
import type { Checklist } from './checklists-tab.tsx';
import { newCode } from './codes.ts';

type Question = Checklist['questions'][number];
type Option = Question['options'][number];

export interface QuestionRowsProps {
  questions: readonly Question[];
  onChange: (questions: Question[]) => void;
}

/** The questions of a checklist with their answers. */
export function QuestionRows({ questions, onChange }: QuestionRowsProps) {
  const { t } = useTranslation('admin');
  return (
    <Rows<Question>
      label={t('checklists.questionList')}
      items={questions}
      onChange={onChange}
      ordered
      max={30}
      nameOf={(question, index) => question[currentLanguage()] || t('checklists.question', { number: index + 1 })}
      addLabel={t('checklists.addQuestion')}
      make={() => ({ code: newCode(), de: '', en: '', kind: 'yesNo', options: yesAndNo() })}
      summaryOf={(question, index) => (
        <>
          <Text span fw={600} display="block">
            {question[currentLanguage()] || t('checklists.question', { number: index + 1 })}
          </Text>
          <Text span c="dimmed" fz="sm">
            {question.options.map((option) => option[currentLanguage()]).join(' / ')}
          </Text>
        </>
      )}
      render={(question, change) => (
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={t('checklists.questionDe')}
              maxLength={200}
              value={question.de}
              onChange={({ currentTarget }) => change({ ...question, de: currentTarget.value })}
            />
            <TextInput
              label={t('checklists.questionEn')}
              maxLength={200}
              value={question.en}
              onChange={({ currentTarget }) => change({ ...question, en: currentTarget.value })}
            />
          </SimpleGrid>
          <SegmentedControl
            aria-label={t('checklists.kind')}
            w="fit-content"
            data={[
              { value: 'yesNo', label: t('checklists.yesNo') },
              { value: 'choice', label: t('checklists.choice') },
            ]}
            value={question.kind}
            onChange={(kind) => change(ofKind(question, kind as Question['kind']))}
          />
          <Answers question={question} onChange={(options) => change({ ...question, options })} />
        </Stack>
      )}
    />
  );
}

function Answers({ question, onChange }: { question: Question; onChange: (options: Option[]) => void }) {
  const { t } = useTranslation('admin');
  if (question.kind === 'choice')
    return (
      <Rows<Option>
        label={t('checklists.answers')}
        items={question.options}
        onChange={onChange}
        max={20}
        nameOf={(option) => option[currentLanguage()] || t('checklists.answer')}
        addLabel={t('checklists.addAnswer')}
        make={() => ({ code: newCode(), de: '', en: '' })}
        render={(option, change) => <AnswerFields option={option} onChange={change} />}
      />
    );
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {question.options.map((option) => (
        <Fieldset key={option.code} legend={option[currentLanguage()] || t('checklists.answer')} radius="md">
          <AnswerFields
            option={option}
            onChange={(changed) => onChange(question.options.map((one) => (one.code === option.code ? changed : one)))}
          />
        </Fieldset>
      ))}
    </SimpleGrid>
  );
}

function AnswerFields({ option, onChange }: { option: Option; onChange: (option: Option) => void }) {
  const { t } = useTranslation('admin');
  const { grade, ...rest } = option;
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
      <TextInput
        label={t('reasons.de')}
        maxLength={80}
        value={option.de}
        onChange={({ currentTarget }) => onChange({ ...option, de: currentTarget.value })}
      />
      <TextInput
        label={t('reasons.en')}
        maxLength={80}
        value={option.en}
        onChange={({ currentTarget }) => onChange({ ...option, en: currentTarget.value })}
      />
      <Select
        label={t('checklists.atBest')}
        placeholder={t('checklists.noMatter')}
        clearable
        clearButtonProps={{ 'aria-label': t('checklists.noMatter') }}
        data={GRADES.map((value) => ({ value, label: value }))}
        value={grade ?? null}
        onChange={(value) => onChange(value ? { ...rest, grade: value as NonNullable<Option['grade']> } : rest)}
      />
    </SimpleGrid>
  );
}

const yesAndNo = (): Option[] => [
  { code: 'yes', de: 'Ja', en: 'Yes' },
  { code: 'no', de: 'Nein', en: 'No' },
];

const ofKind = (question: Question, kind: Question['kind']): Question => ({
  ...question,
  kind,
  options: kind === 'yesNo' ? yesAndNo() : question.options.map((option) => ({ ...option, code: newCode() })),
});
