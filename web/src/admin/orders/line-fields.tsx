import { Autocomplete, Grid, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { IntInput } from '../../shared/int-input.tsx';
import { Rows } from '../parts/rows.tsx';
import { Section } from '../parts/section.tsx';
import { emptyLine, type DraftLine } from './draft.ts';
import type { OrderFieldsProps } from './head-fields.tsx';

const MOST_LINES = 1_000;
const MOST_PIECES = 1_000_000;

/** What was ordered. */
export function LineFields({ draft, onChange, errorOf }: OrderFieldsProps) {
  const { t } = useTranslation('admin');
  const missing = errorOf('lines');
  return (
    <Section title={t('orders.lines')} lead={t('orders.linesLead')}>
      {missing && (
        <Text c="var(--mantine-color-error)" fz="sm" role="alert">
          {missing}
        </Text>
      )}
      <Rows<DraftLine>
        label={t('orders.lines')}
        items={draft.lines}
        onChange={(lines) => onChange({ lines })}
        max={MOST_LINES}
        nameOf={({ sku }, index) => sku || t('orders.position', { number: index + 1 })}
        addLabel={t('orders.addLine')}
        make={emptyLine}
        render={(line, change, index) => (
          <Line
            merchantId={draft.merchantId}
            line={line}
            onChange={change}
            errorOf={(field) => errorOf(`lines.${index}.${field}`)}
          />
        )}
      />
    </Section>
  );
}

interface LineProps {
  merchantId: string | null;
  line: DraftLine;
  onChange: (line: DraftLine) => void;
  errorOf: (field: keyof DraftLine) => string | undefined;
}

function Line({ merchantId, line, onChange, errorOf }: LineProps) {
  const { t } = useTranslation('admin');
  return (
    <Grid gap="sm">
      <Grid.Col span={{ base: 12, sm: 4 }}>
        <SkuInput key={merchantId} merchantId={merchantId} line={line} onChange={onChange} error={errorOf('sku')} />
      </Grid.Col>
      <Grid.Col span={{ base: 8, sm: 5 }}>
        <TextInput
          label={t('orders.name')}
          maxLength={300}
          value={line.name}
          onChange={({ currentTarget }) => onChange({ ...line, name: currentTarget.value })}
          error={errorOf('name')}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 4, sm: 3 }}>
        <IntInput
          label={t('orders.quantity')}
          required
          min={1}
          max={MOST_PIECES}
          value={line.quantity}
          onChange={(quantity) => onChange({ ...line, quantity })}
          error={errorOf('quantity')}
        />
      </Grid.Col>
    </Grid>
  );
}

const PAUSE_MS = 250;
const fits = (typed: string, ...texts: readonly string[]): boolean =>
  texts.some((text) => text.toLowerCase().includes(typed.toLowerCase()));

/** One of the merchant's articles, found by SKU, name or EAN; a new SKU is no mistake, but said. */
function SkuInput({ merchantId, line, onChange, error }: Omit<LineProps, 'errorOf'> & { error: string | undefined }) {
  const { t } = useTranslation('admin');
  const sku = line.sku.trim();
  const [q] = useDebouncedValue(sku, PAUSE_MS);
  const filter = { merchantId: merchantId ?? '', active: 'true' as const, limit: 20, ...(q ? { q } : {}) };
  const { data, isPlaceholderData } = useApi('GET /articles', filter, {
    ...{ enabled: merchantId !== null, staleTimeMs: 60_000, keepPrevious: true },
  });
  const names = new Map(data?.items.map((article) => [article.sku, article.name]));
  const isAnswered = q === sku && data !== undefined && !isPlaceholderData;
  // until then those of the last answer that fit stay where they are: a list that vanished would lose the choice
  const offered = [...names].filter(([code, name]) => isAnswered || fits(sku, code, name)).map(([code]) => code);
  // the name of one article does not stay with the SKU of another
  const nameWith = (typed: string) => names.get(typed) ?? (line.name === names.get(line.sku) ? '' : line.name);
  const isNew = sku !== '' && isAnswered && !names.has(sku);
  return (
    <Autocomplete
      label={t('orders.sku')}
      required
      maxLength={80}
      data={offered}
      filter={({ options }) => options}
      renderOption={({ option: { value } }) => (
        <Group gap="xs">
          <Text span fw={600}>
            {value}
          </Text>
          <Text span c="dimmed" fz="sm">
            {names.get(value)}
          </Text>
        </Group>
      )}
      description={isNew ? t('orders.newSku') : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={line.sku}
      onChange={(typed) => onChange({ ...line, sku: typed, name: nameWith(typed) })}
      onBlur={() => {
        if (!line.name && names.get(sku)) onChange({ ...line, name: names.get(sku)! });
      }}
      error={error}
    />
  );
}
