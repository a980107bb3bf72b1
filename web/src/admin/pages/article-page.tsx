import { Anchor, Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { ArticleFields } from '../articles/article-fields.tsx';
import { ARTICLE_FIELDS, type Article } from '../articles/article.ts';
import { NewArticle } from '../articles/new-article.tsx';
import { PictureCard } from '../articles/picture-card.tsx';
import { useRecordDraft } from '../../shared/record-draft.ts';
import { SaveBar } from '../../shared/save-bar.tsx';
import { useSaving } from '../parts/saving.ts';
import { Section } from '../parts/section.tsx';
import { Trail } from '../parts/trail.tsx';

export function ArticlePage() {
  const { id } = useParams({ from: '/session/admin/articles/$id' });
  const { data, error, refetch } = useApi('GET /articles/{id}', { id }, { live: true });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/admin/articles" />;
  if (!data) return <Skeleton h={320} />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <Editor article={data} />
    </>
  );
}

function Editor({ article }: { article: Article }) {
  const { t } = useTranslation('admin');
  const user = useUser();
  const record = useRecordDraft(article, ARTICLE_FIELDS);
  const save = useApiMutation('PATCH /articles/{id}');
  const merchant = useApi('GET /merchants/{id}', { id: article.merchantId });
  const saving = useSaving({
    draft: { ...record, isDirty: record.changed.length > 0 },
    storedVersion: article.version,
    save,
    write: (version) => save.mutateAsync({ id: article.id, ...record.changes, $options: { ifMatch: version } }),
  });
  return (
    <>
      <PageHeader
        title={article.name || article.sku}
        lead={[t('articles.skuIs', { sku: article.sku }), merchant.data?.name].filter(Boolean).join(' · ')}
        back={`/admin/articles?merchantId=${article.merchantId}`}
        aside={
          <Group gap="xs">
            {article.condition === 'b' && <ToneBadge tone="info" label={t('articles.isVariant')} />}
            {!article.active && <ToneBadge tone="quiet" label={t('articles.inactive')} />}
            {article.origin !== 'entered' && <ToneBadge tone="warn" label={t('articles.unchecked')} />}
          </Group>
        }
      />
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <PictureCard article={article} />
          <Variants article={article} />
        </SimpleGrid>
        <ArticleFields draft={record.draft} set={record.set} error={saving.error} />
        {hasRole(user, 'admin') && (
          <Section title={t('trail.title')}>
            <Trail entity="article" entityId={article.id} />
          </Section>
        )}
      </Stack>
      <SaveBar {...saving} />
    </>
  );
}

/** The same article in another condition. */
function Variants({ article }: { article: Article }) {
  const { t } = useTranslation('admin');
  const { data } = useApi(
    'GET /articles',
    { merchantId: article.merchantId, q: article.sku, limit: 50 },
    { live: true, enabled: article.variantOf === null },
  );
  const original = useApi(
    'GET /articles/{id}',
    { id: article.variantOf ?? '' },
    { enabled: article.variantOf !== null },
  );
  const variants = data?.items.filter(({ variantOf }) => variantOf === article.id) ?? [];
  const shown = article.variantOf ? (original.data ? [original.data] : []) : variants;
  return (
    <Section
      title={t('articles.variants')}
      lead={t(article.variantOf ? 'articles.variantOf' : 'articles.variantsLead')}
    >
      {shown.map(({ id, sku, name }) => (
        <Anchor key={id} component={Link} to={`/admin/articles/${id}`} mih={44} display="flex">
          {`${sku} · ${name}`}
        </Anchor>
      ))}
      {!article.variantOf && !variants.length && <Text c="dimmed">{t('articles.noVariant')}</Text>}
      {!article.variantOf && (
        <Group>
          <NewArticle of={article} />
        </Group>
      )}
    </Section>
  );
}
