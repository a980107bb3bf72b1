import { Button, Group, Stack, TagsInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { hasNumberFault } from '../../shared/number-fault.ts';

const SIDES = ['lengthMm', 'widthMm', 'heightMm'] as const;

/** What a merchant may correct of an article: name, codes, weight and size. */
export function ArticleForm({ article }: { article: Output<'GET /articles/{id}'> }) {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  const [name, setName] = useState(article.name);
  const [eans, setEans] = useState(article.eans);
  const [weight, setWeight] = useState(article.weightGrams);
  const [sides, setSides] = useState<Record<(typeof SIDES)[number], number | null>>({
    lengthMm: article.dimensions?.lengthMm ?? null,
    widthMm: article.dimensions?.widthMm ?? null,
    heightMm: article.dimensions?.heightMm ?? null,
  });
  const change = useApiMutation('PATCH /articles/{id}', {
    onSuccess: () => void notifications.show({ message: t('articles.saved') }),
  });
  const measured = SIDES.every((side) => Number(sides[side]) > 0);
  const half = !measured && SIDES.some((side) => Number(sides[side]) > 0);
  const save = (event: FormEvent<HTMLElement>) => {
    event.preventDefault();
    if (hasNumberFault(event.currentTarget)) return;
    change.mutate({
      id: article.id,
      name: name.trim(),
      eans,
      weightGrams: Number(weight) || null,
      dimensions: measured
        ? { lengthMm: Number(sides.lengthMm), widthMm: Number(sides.widthMm), heightMm: Number(sides.heightMm) }
        : null,
      $options: { ifMatch: article.version },
    });
  };
  return (
    <Stack gap="sm" component="form" onSubmit={save}>
      <TextInput
        label={t('articles.name')}
        required
        maxLength={300}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <TagsInput
        size="md"
        label={t('articles.eans')}
        description={t('articles.eansHint')}
        value={eans}
        onChange={setEans}
        maxTags={50}
        acceptValueOnBlur
      />
      <ExactNumber
        label={t('articles.weight')}
        suffix=" g"
        min={1}
        max={100_000_000}
        value={weight}
        onChange={setWeight}
        hideControls
      />
      <Group gap="sm" grow>
        {SIDES.map((side) => (
          <ExactNumber
            key={side}
            label={t(`articles.sides.${side}`)}
            suffix=" mm"
            min={1}
            max={100_000}
            value={sides[side]}
            onChange={(value) => setSides({ ...sides, [side]: value })}
            error={half && !Number(sides[side]) ? t('articles.allSides') : undefined}
            hideControls
          />
        ))}
      </Group>
      {change.error && <ErrorState error={change.error} />}
      <Group>
        <Button type="submit" loading={change.isPending} disabled={!name.trim() || half}>
          {c('action.save')}
        </Button>
      </Group>
    </Stack>
  );
}
