import { Grid, Skeleton, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { ArticleForm } from '../articles/article-form.tsx';
import { ArticlePicture } from '../articles/article-picture.tsx';
import { useMayDecide } from '../merchants.ts';
import { Facts } from '../parts/facts.tsx';
import { PageError } from '../parts/page-error.tsx';
import { Section } from '../parts/section.tsx';

/** An article: what the merchant may correct, and what the house keeps. */
export function ArticlePage() {
  const { t } = useTranslation('merchant');
  const { number } = useFormats();
  const mayChange = useMayDecide();
  const { id } = useParams({ from: '/session/merchant/desk/articles/$id' });
  const { data, error, refetch } = useApi('GET /articles/{id}', { id }, { live: true });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/merchant/articles" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  const { name, sku, dimensions, weightGrams, group, condition, components, eans } = data;
  const yes = (is: boolean) => (is ? t('articles.yes') : t('articles.no'));
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader title={name || sku} lead={t('articles.skuIs', { sku })} back="/merchant/articles" />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            {mayChange && (
              <Section title={t('articles.edit')}>
                <ArticleForm key={data.version} article={data} />
              </Section>
            )}
            <Section title={t('articles.facts')}>
              <Facts
                facts={[
                  [t('articles.eans'), eans.join(', ')],
                  [t('articles.weight'), weightGrams && `${number(weightGrams)} g`],
                  [
                    t('articles.dimensions'),
                    dimensions && `${dimensions.lengthMm} × ${dimensions.widthMm} × ${dimensions.heightMm} mm`,
                  ],
                  [t('articles.group'), group],
                  [t('articles.condition'), t(`articles.conditions.${condition}`)],
                  [t('articles.serialTracked'), yes(data.serialTracked)],
                  [t('articles.hygiene'), yes(data.hygiene)],
                  [t('articles.components'), components.map((one) => `${one.quantity} × ${one.sku}`).join(', ')],
                ]}
              />
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Section title={t('articles.picture')}>
            <ArticlePicture article={data} mayChange={mayChange} />
          </Section>
        </Grid.Col>
      </Grid>
    </>
  );
}
