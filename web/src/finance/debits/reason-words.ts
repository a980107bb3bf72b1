import { useTranslation } from 'react-i18next';
import { RETURN_REASONS } from '../../../../shared/protocol/billing/return-reasons.ts';

type Reason = (typeof RETURN_REASONS)[number];
const isReason = (text: string): text is Reason => (RETURN_REASONS as readonly string[]).includes(text);

/** What a bank says by its code; anything else was written by a person. */
export function useReasonWords() {
  const { t } = useTranslation('dunning');
  return (reason: string | null) =>
    reason !== null && isReason(reason) ? `${reason} · ${t(`reasons.${reason}`)}` : reason;
}
