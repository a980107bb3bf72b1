import { SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { Section } from '../../shared/section.tsx';
import { houseToday } from '../runs/cutoffs.ts';
import { exampleOf, type IssuerDraft } from './issuer-draft.ts';

export interface SettingsFormProps {
  draft: IssuerDraft;
  onChange: (patch: Partial<IssuerDraft>) => void;
  /** What the server says of a field, by its path in the body. */
  errorOf: (path: string, deep?: boolean) => string | undefined;
}

/** How the house bills: when drafts are made, who approves, what is checked, and who stands on the invoices. */
export function SettingsForm(props: SettingsFormProps) {
  return (
    <Stack gap="lg">
      <Runs {...props} />
      <Checks {...props} />
      <Issuer {...props} />
      <Numbers {...props} />
    </Stack>
  );
}

function Runs({ draft, onChange, errorOf }: SettingsFormProps) {
  const { t } = useTranslation('finance');
  const fourEyesError = errorOf('approval.fourEyes');
  return (
    <Section title={t('billing.runs')}>
      <Switch
        size="md"
        label={t('billing.fourEyes')}
        description={t('billing.fourEyesHint')}
        checked={draft.fourEyes}
        error={fourEyesError}
        aria-invalid={fourEyesError !== undefined}
        onChange={({ currentTarget }) => onChange({ fourEyes: currentTarget.checked })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <ExactNumber
          hideControls
          label={t('billing.waitDays')}
          description={t('billing.waitDaysHint')}
          suffix={t('billing.days')}
          min={0}
          max={14}
          value={draft.waitDays}
          error={errorOf('waitDays')}
          onChange={(waitDays) => onChange({ waitDays })}
        />
        <TextInput
          type="date"
          size="md"
          label={t('billing.startsOn')}
          description={t('billing.startsOnHint')}
          value={draft.billingStartsOn}
          error={errorOf('billingStartsOn')}
          onChange={({ currentTarget }) => onChange({ billingStartsOn: currentTarget.value })}
        />
      </SimpleGrid>
    </Section>
  );
}

function Checks({ draft, onChange, errorOf }: SettingsFormProps) {
  const { t } = useTranslation('finance');
  return (
    <Section title={t('billing.checks')}>
      <Text c="dimmed">{t('billing.checksLead')}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <ExactNumber
          hideControls
          label={t('billing.aboveUsual')}
          description={t('billing.aboveUsualHint')}
          suffix=" %"
          min={101}
          max={10_000}
          value={draft.aboveUsualPercent}
          error={errorOf('checks.aboveUsualPercent')}
          onChange={(aboveUsualPercent) => onChange({ aboveUsualPercent })}
        />
        <ExactNumber
          hideControls
          label={t('billing.change')}
          description={t('billing.changeHint')}
          suffix=" %"
          min={1}
          max={10_000}
          value={draft.changePercent}
          error={errorOf('checks.changePercent')}
          onChange={(changePercent) => onChange({ changePercent })}
        />
      </SimpleGrid>
    </Section>
  );
}

type TextField = { [Key in keyof IssuerDraft]: IssuerDraft[Key] extends string ? Key : never }[keyof IssuerDraft];
/** Field, its path in the body, its label. */
const ISSUER = [
  ['name', 'profile.name', 'name'],
  ['extra', 'profile.address.extra', 'extra'],
  ['street', 'profile.address.street', 'street'],
  ['postalCode', 'profile.address.postalCode', 'postalCode'],
  ['city', 'profile.address.city', 'city'],
  ['country', 'profile.address.country', 'country'],
  ['vatId', 'profile.vatId', 'vatId'],
  ['taxNumber', 'profile.taxNumber', 'taxNumber'],
  ['registerCourt', 'profile.registerCourt', 'court'],
  ['registerNumber', 'profile.registerNumber', 'register'],
  ['managingDirectors', 'profile.managingDirectors', 'directors'],
  ['contactName', 'profile.contactName', 'contact'],
  ['phone', 'profile.phone', 'phone'],
  ['email', 'profile.email', 'email'],
  ['web', 'profile.web', 'web'],
  ['bankName', 'profile.bank.name', 'bank'],
  ['iban', 'profile.bank.iban', 'iban'],
  ['bic', 'profile.bank.bic', 'bic'],
  ['sepaCreditorId', 'profile.sepaCreditorId', 'creditorId'],
] as const satisfies readonly (readonly [TextField, string, string])[];

const HINTS = { managingDirectors: 'billing.directorsHint', contactName: 'billing.contactHint' } as const;

function Issuer({ draft, onChange, errorOf }: SettingsFormProps) {
  const { t } = useTranslation('finance');
  return (
    <Section title={t('billing.issuer')}>
      <Text c="dimmed">{t('billing.issuerLead')}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {ISSUER.map(([field, path, label]) => (
          <TextInput
            key={field}
            size="md"
            label={t(`billing.${label}`)}
            {...(field in HINTS ? { description: t(HINTS[field as keyof typeof HINTS]) } : {})}
            value={draft[field]}
            error={errorOf(path, true)}
            onChange={({ currentTarget }) => onChange({ [field]: currentTarget.value })}
          />
        ))}
      </SimpleGrid>
    </Section>
  );
}

const PATTERNS = [
  ['numberPattern', 'billing.pattern'],
  ['cancellationPattern', 'billing.cancellationPattern'],
  ['creditNotePattern', 'billing.creditNotePattern'],
] as const;

/** Each kind of document counts its own numbers. */
function Numbers({ draft, onChange, errorOf }: SettingsFormProps) {
  const { t } = useTranslation('finance');
  const year = Number(houseToday().slice(0, 4));
  return (
    <Section title={t('billing.numbers')}>
      <Text fz="sm" c="dimmed">
        {t('billing.patternHint')}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        {PATTERNS.map(([field, label]) => (
          <TextInput
            key={field}
            size="md"
            label={t(label)}
            description={t('billing.example', { number: exampleOf(draft[field], year) })}
            value={draft[field]}
            error={errorOf(field)}
            onChange={({ currentTarget }) => onChange({ [field]: currentTarget.value })}
          />
        ))}
      </SimpleGrid>
      <ExactNumber
        hideControls
        maw={420}
        label={t('billing.notice')}
        description={t('billing.noticeHint')}
        suffix={t('billing.days')}
        min={1}
        max={60}
        value={draft.preNotificationDays}
        error={errorOf('preNotificationDays')}
        onChange={(preNotificationDays) => onChange({ preNotificationDays })}
      />
    </Section>
  );
}
