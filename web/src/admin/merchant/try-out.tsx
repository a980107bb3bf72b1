import { Autocomplete, Checkbox, Input, SegmentedControl, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { fits, suggestDisposition } from '../../warehouse/offline/suggestion.ts';
import { NoteBox } from '../../shared/note-box.tsx';
import { Section } from '../parts/section.tsx';
import { GRADES, KINDS, useDispositionName, type Grade, type Kind, type Reason } from './conditions.ts';
import type { Draft, Rule } from '../../shared/merchant-record/draft.ts';

/** Goods as a worker would record them. */
export interface Tried {
  grade: Grade | null;
  reason: string | null;
  kind: Kind;
  articleGroup: string;
  sku: string;
  foreign: boolean;
}
export const NOTHING_TRIED: Tried = {
  grade: 'A',
  reason: null,
  kind: 'withdrawal',
  articleGroup: '',
  sku: '',
  foreign: false,
};

const itemOf = ({ grade, reason, sku, articleGroup, foreign }: Tried) => ({
  ...{ grade, reason, sku: sku || null, articleGroup: articleGroup || null },
  origin: foreign ? ('foreign' as const) : ('expected' as const),
});

/** @returns the place of the rule that decides, or -1: what belongs to somebody else no rule is asked about */
export const firstFitting = (rules: readonly Rule[], tried: Tried): number =>
  tried.foreign ? -1 : rules.findIndex((rule) => fits(rule, itemOf(tried), tried.kind));

export interface TryOutProps {
  draft: Draft;
  reasons: readonly Reason[];
  groups: string[];
  value: Tried;
  onChange: (value: Tried) => void;
}

/** What the rules on the screen would make of some goods, before they are stored. */
export function TryOut({ draft, reasons, groups, value, onChange }: TryOutProps) {
  const { t } = useTranslation('admin');
  const set = (patch: Partial<Tried>) => onChange({ ...value, ...patch });
  return (
    <Section title={t('tryOut.title')} lead={t('tryOut.lead')} aside={<Verdict draft={draft} tried={value} />}>
      <Input.Wrapper label={t('tryOut.grade')} labelElement="div">
        <SegmentedControl
          mt={4}
          size="md"
          aria-label={t('tryOut.grade')}
          data={[...GRADES.map((grade) => ({ value: grade, label: grade })), { value: '', label: t('tryOut.noGrade') }]}
          value={value.grade ?? ''}
          onChange={(grade) => set({ grade: (grade || null) as Grade | null })}
        />
      </Input.Wrapper>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>
        <Select
          label={t('tryOut.kind')}
          data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          value={value.kind}
          allowDeselect={false}
          onChange={(kind) => set({ kind: kind as Kind })}
        />
        <Select
          label={t('tryOut.reason')}
          placeholder={t('tryOut.noReason')}
          data={reasons.map((reason) => ({ value: reason.code, label: reason[currentLanguage()] }))}
          value={value.reason}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('tryOut.noReason') }}
          onChange={(reason) => set({ reason })}
        />
        <Autocomplete
          label={t('tryOut.group')}
          data={groups}
          value={value.articleGroup}
          onChange={(articleGroup) => set({ articleGroup })}
          size="md"
        />
        <TextInput
          label={t('tryOut.sku')}
          value={value.sku}
          onChange={({ currentTarget }) => set({ sku: currentTarget.value })}
        />
      </SimpleGrid>
      <Checkbox
        label={t('tryOut.foreign')}
        checked={value.foreign}
        onChange={({ currentTarget }) => set({ foreign: currentTarget.checked })}
      />
    </Section>
  );
}

function Verdict({ draft, tried }: { draft: Draft; tried: Tried }) {
  const { t } = useTranslation('admin');
  const name = useDispositionName();
  const index = firstFitting(draft.returnRules, tried);
  const item = itemOf(tried);
  const disposition = suggestDisposition(draft.returnRules, item, tried.kind);
  const photos = Math.max(
    tried.kind === 'undeliverable' ? 0 : 1,
    ...draft.returnPolicy.photoRules.filter((rule) => fits(rule, item, tried.kind)).map(({ minPhotos }) => minPhotos),
  );
  return (
    <NoteBox tone={disposition === 'ask' ? 'warn' : 'good'} title={name(disposition)}>
      <Text>
        {tried.foreign && t('tryOut.byForeign')}
        {!tried.foreign && index >= 0 && t('tryOut.byRule', { number: index + 1 })}
        {!tried.foreign && index < 0 && t('tryOut.byStandard')}
      </Text>
      <Text>{t('tryOut.photos', { count: photos })}</Text>
    </NoteBox>
  );
}
