import { Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { ConfirmButton } from '../confirm-button.tsx';
import { Notice } from '../notice.tsx';
import { asQuantity, suggestedQuantity, type Job } from './job.ts';
import { QuantityInput } from './quantity-input.tsx';

/** What comes next with a job, for whoever may do it. */
export function JobSteps({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const user = useUser();
  const leads = hasRole(user, 'lead', 'finance', 'admin');
  const { state } = job;
  return (
    <>
      {state === 'awaiting_approval' && <Notice tone="warn">{t('steps.waits')}</Notice>}
      {state === 'declined' && <Notice tone="bad">{t('steps.declined', { reason: job.declineReason ?? '' })}</Notice>}
      <Group gap="sm">
        {state === 'open' && leads && <SignOff key={`sign-off-${job.version}`} job={job} />}
        {((state === 'open' && !job.needsApproval) || state === 'declined') && (
          <Ask key={`ask-${job.version}`} job={job} />
        )}
        {state === 'signed_off' && leads && <Correct key={`correct-${job.version}`} job={job} />}
        {['open', 'awaiting_approval', 'declined'].includes(state) && leads && <Cancel job={job} />}
      </Group>
    </>
  );
}

const seen = (job: Job) => ({ id: job.id, $options: { ifMatch: job.version } });

function SignOff({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const signOff = useApiMutation('POST /special-jobs/{id}/sign-off');
  const [quantity, setQuantity] = useState<number | ''>(suggestedQuantity(job));
  return (
    <ConfirmButton
      variant="filled"
      h={56}
      danger={false}
      label={t('steps.signOff')}
      question={t('steps.signOffQuestion', { number: job.number })}
      consequence={t('steps.signOffText')}
      canConfirm={quantity !== '' && quantity > 0}
      onConfirm={() => signOff.mutateAsync({ ...seen(job), quantity: asQuantity(Number(quantity)) })}
    >
      <QuantityInput
        label={t('steps.quantity', { unit: t(`unitName.${job.unit}`) })}
        description={t('steps.quantityHint')}
        min={0}
        value={quantity}
        onChange={setQuantity}
      />
    </ConfirmButton>
  );
}

function Ask({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const ask = useApiMutation('POST /special-jobs/{id}/ask-approval');
  const [quantity, setQuantity] = useState<number | ''>(Number(job.estimatedQuantity));
  return (
    <ConfirmButton
      h={56}
      danger={false}
      label={t(job.state === 'declined' ? 'steps.askAgain' : 'steps.ask')}
      question={t('steps.askQuestion')}
      consequence={t('steps.askText')}
      canConfirm={quantity !== '' && quantity > 0}
      onConfirm={() => ask.mutateAsync({ ...seen(job), quantity: asQuantity(Number(quantity)) })}
    >
      <QuantityInput
        label={t('form.estimateIn', { unit: t(`unitName.${job.unit}`) })}
        min={0}
        value={quantity}
        onChange={setQuantity}
      />
    </ConfirmButton>
  );
}

function Cancel({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const cancel = useApiMutation('POST /special-jobs/{id}/cancel');
  const [reason, setReason] = useState('');
  return (
    <ConfirmButton
      h={56}
      label={t('steps.cancel')}
      question={t('steps.cancelQuestion', { number: job.number })}
      consequence={t('steps.cancelText')}
      canConfirm={reason.trim() !== ''}
      onConfirm={() => cancel.mutateAsync({ ...seen(job), reason: reason.trim() })}
    >
      <Reason value={reason} onChange={setReason} />
    </ConfirmButton>
  );
}

/** Also of a job that was billed: the difference comes with the next invoice. */
function Correct({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const correct = useApiMutation('POST /special-jobs/{id}/correct');
  const [quantity, setQuantity] = useState<number | ''>(Number(job.quantity));
  const [description, setDescription] = useState(job.description);
  const [reason, setReason] = useState('');
  const changed = quantity !== Number(job.quantity) || description.trim() !== job.description;
  return (
    <ConfirmButton
      h={56}
      danger={false}
      label={t('steps.correct')}
      question={t('steps.correctQuestion', { number: job.number })}
      consequence={t('steps.correctText')}
      canConfirm={quantity !== '' && description.trim() !== '' && reason.trim() !== '' && changed}
      onConfirm={() =>
        correct.mutateAsync({
          ...seen(job),
          quantity: asQuantity(Number(quantity)),
          description: description.trim(),
          reason: reason.trim(),
        })
      }
    >
      <QuantityInput
        label={t('steps.quantity', { unit: t(`unitName.${job.unit}`) })}
        min={0}
        value={quantity}
        onChange={setQuantity}
      />
      <TextInput
        size="lg"
        label={t('steps.description')}
        maxLength={200}
        value={description}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
      />
      <Reason value={reason} onChange={setReason} />
    </ConfirmButton>
  );
}

function Reason({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('jobs');
  return (
    <TextInput
      size="lg"
      label={t('steps.reason')}
      maxLength={200}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
