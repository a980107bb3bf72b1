import { Button, Group, NumberInput, Stack, TagsInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';

const SIDES = ['lengthMm', 'widthMm', 'heightMm'] as const;

/** What a merchant may correct of an article: name, codes, weight and size. */
export function ArticleForm({ article }: { article: Output<'GET /articles/{id}'> }) {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  const [name, setName] = useState(article.name);
  const [eans, setEans] = useState(article.eans);
  const [weight, setWeight] = useState<number | string>(article.weightGrams ?? '');
  const [sides, setSides] = useState<Record<(typeof SIDES)[number], number | string>>({
    lengthMm: article.dimensions?.lengthMm ?? '',
    widthMm: article.dimensions?.widthMm ?? '',
    heightMm: article.dimensions?.heightMm ?? '',
  });
  const change = useApiMutation('PATCH /articles/{id}', {
    onSuccess: () => void notifications.show({ message: t('articles.saved') }),
  });
  const measured = SIDES.every((side) => Number(sides[side]) > 0);
  const half = !measured && SIDES.some((side) => Number(sides[side]) > 0);
  const save = (event: FormEvent) => {
    event.preventDefault();
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
      <NumberInput
        size="md"
        label={t('articles.weight')}
        suffix=" g"
        min={1}
        max={100_000_000}
        allowDecimal={false}
        value={weight}
        onChange={setWeight}
        hideControls
      />
      <Group gap="sm" grow>
        {SIDES.map((side) => (
          <NumberInput
            key={side}
            size="md"
            label={t(`articles.sides.${side}`)}
            suffix=" mm"
            min={1}
            max={100_000}
            allowDecimal={false}
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
