import { SimpleGrid, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { IntInput } from '../../shared/int-input.tsx';
import { Rows } from '../parts/rows.tsx';
import { Section } from '../parts/section.tsx';
import type { Article, ArticleField } from './article.ts';

export interface ArticleFieldsProps {
  draft: Article;
  set: <Field extends ArticleField>(field: Field, value: Article[Field]) => void;
  error: unknown;
}

const FLAGS = ['serialTracked', 'batchTracked', 'bestBeforeTracked', 'hygiene', 'active'] as const;

/** Everything of an article that the house can change. */
export function ArticleFields({ draft, set, error }: ArticleFieldsProps) {
  const { t } = useTranslation('admin');
  const fieldError = useFieldErrors(error);
  return (
    <>
      <Section title={t('articles.facts')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('articles.name')}
            required
            maxLength={300}
            value={draft.name}
            onChange={({ currentTarget }) => set('name', currentTarget.value)}
            error={fieldError('name')}
          />
          <TextInput
            label={t('articles.group')}
            description={t('articles.groupHint')}
            maxLength={80}
            value={draft.group ?? ''}
            onChange={({ currentTarget }) => set('group', currentTarget.value || null)}
            error={fieldError('group')}
          />
        </SimpleGrid>
        <TagsInput
          label={t('articles.eans')}
          description={t('articles.eansHint')}
          value={draft.eans}
          maxTags={50}
          acceptValueOnBlur
          onChange={(eans) => set('eans', eans)}
          error={fieldError('eans', true) && t('articles.eanWrong')}
        />
        <Sizes draft={draft} set={set} error={error} />
        <Stack gap="md">
          {FLAGS.map((flag) => (
            <Switch
              key={flag}
              label={t(`articles.${flag}`)}
              description={t(`articles.${flag}Hint`)}
              checked={draft[flag]}
              onChange={({ currentTarget }) => set(flag, currentTarget.checked)}
            />
          ))}
        </Stack>
      </Section>
      <Components draft={draft} set={set} error={error} />
    </>
  );
}

const SIDES = ['lengthMm', 'widthMm', 'heightMm'] as const;
type Sides = Record<(typeof SIDES)[number], number | null>;
const NO_SIDES: Sides = { lengthMm: null, widthMm: null, heightMm: null };

/** A size counts when all three sides are there; until then it is not changed to nothing by the way. */
function Sizes({ draft, set, error }: ArticleFieldsProps) {
  const { t } = useTranslation('admin');
  const fieldError = useFieldErrors(error);
  const [typed, setTyped] = useState<Sides>();
  const isHalf = typed !== undefined && SIDES.some((side) => typed[side] === null);
  const sides: Sides = (isHalf ? typed : draft.dimensions) ?? NO_SIDES;
  const change = (side: (typeof SIDES)[number], value: number | null) => {
    const next = { ...sides, [side]: value };
    const isWhole = SIDES.every((one) => next[one] !== null);
    const isNothing = SIDES.every((one) => next[one] === null);
    setTyped(isWhole || isNothing ? undefined : next);
    if (isWhole) set('dimensions', next as NonNullable<Article['dimensions']>);
    if (isNothing) set('dimensions', null);
  };
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }}>
      {SIDES.map((side) => (
        <IntInput
          key={side}
          label={t(`articles.${side}`)}
          suffix=" mm"
          min={1}
          max={100_000}
          value={sides[side]}
          onChange={(value) => change(side, value)}
          error={isHalf && sides[side] === null ? t('articles.allSides') : fieldError(`dimensions.${side}`)}
        />
      ))}
      <IntInput
        label={t('articles.weight')}
        suffix=" g"
        min={1}
        max={100_000_000}
        value={draft.weightGrams}
        onChange={(weightGrams) => set('weightGrams', weightGrams)}
        error={fieldError('weightGrams')}
      />
    </SimpleGrid>
  );
}

type Component = Article['components'][number];

function Components({ draft, set, error }: ArticleFieldsProps) {
  const { t } = useTranslation('admin');
  const fieldError = useFieldErrors(error);
  return (
    <Section title={t('articles.components')} lead={t('articles.componentsLead')}>
      <Rows<Component>
        label={t('articles.components')}
        items={draft.components}
        onChange={(components) => set('components', components)}
        max={100}
        nameOf={({ sku }) => sku || t('articles.component')}
        errorOf={(index) => fieldError(`components.${index}`, true)}
        addLabel={t('articles.addComponent')}
        make={() => ({ sku: '', quantity: 1 })}
        render={(component, change) => (
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label={t('articles.componentSku')}
              maxLength={80}
              value={component.sku}
              onChange={({ currentTarget }) => change({ ...component, sku: currentTarget.value })}
            />
            <IntInput
              label={t('articles.componentQuantity')}
              min={1}
              max={10_000}
              value={component.quantity}
              onChange={(quantity) => change({ ...component, quantity: quantity! })}
            />
          </SimpleGrid>
        )}
      />
    </Section>
  );
}
