import { z } from 'zod';
import { cut } from '../../../shared/kernel/cut.ts';
import { isLocalDate, localDateOf, type LocalDate } from '../../../shared/kernel/dates.ts';
import { exchange, type Exchange, type ExchangeOptions } from '../../../shared/outbound/exchange.ts';
import type { VatIdAnswer, VatIdQuestion, VatIdRegister } from '../domain/vat-id-register.ts';

export interface ViesOptions extends Omit<ExchangeOptions, 'mostBytes'> {
  /** The address of the REST interface, without the method. */
  url: string;
  /** The house's own VAT id: only who says who asks gets a consultation number. */
  requester: string | undefined;
}

/** An answer is about 1 kB. */
const MOST_ANSWER_BYTES = 32 * 1024;

/** The REST interface of the European Commission's VIES; it asks the register of the member state. */
export const viesRegister = ({ url, requester, ...options }: ViesOptions): VatIdRegister => ({
  name: 'vies',
  ask: async (question, today) => {
    const target = `${url.replace(/\/$/, '')}/check-vat-number`;
    const headers = { accept: 'application/json', 'user-agent': 'Kontor/1' };
    const body = JSON.stringify(questionOf(question, requester));
    return answerOf(await exchange(target, headers, body, { ...options, mostBytes: MOST_ANSWER_BYTES }), today);
  },
});

const questionOf = ({ vatId, address }: VatIdQuestion, requester: string | undefined) => ({
  countryCode: vatId.slice(0, 2),
  vatNumber: vatId.slice(2),
  traderName: address.name,
  traderStreet: address.street,
  traderPostalCode: address.postalCode,
  traderCity: address.city,
  ...(requester ? { requesterMemberStateCode: requester.slice(0, 2), requesterNumber: requester.slice(2) } : {}),
});

const words = z.string().nullish();
const viesAnswer = z.object({
  valid: z.boolean(),
  requestDate: words,
  requestIdentifier: words,
  name: words,
  address: words,
  traderNameMatch: words,
  traderStreetMatch: words,
  traderPostalCodeMatch: words,
  traderCityMatch: words,
  userError: words,
});
type ViesAnswer = z.output<typeof viesAnswer>;
/** What it says instead when it could not find out. */
const viesRefusal = z.object({ errorWrappers: z.array(z.object({ error: z.string() })).min(1) });

/** These two say something about the id; all others (`MS_UNAVAILABLE`, `TIMEOUT`, …) about the register. */
const ABOUT_THE_ID: readonly (string | null | undefined)[] = [undefined, null, '', 'VALID', 'INVALID', 'INVALID_INPUT'];

function answerOf({ status, answer, isWhole, error }: Exchange, today: LocalDate): VatIdAnswer {
  const unavailable = (reason: string): VatIdAnswer => ({
    ...{ state: 'unavailable', checkedOn: today, error: cut(reason, 200) },
  });
  if (status === null) return unavailable(error!);
  if (status >= 300 && status < 400) return unavailable('redirects are not followed');
  if (!isWhole) return unavailable('the answer is too long or was broken off');
  const content = jsonOf(answer);
  const refusal = viesRefusal.safeParse(content).data;
  if (refusal) return unavailable(refusal.errorWrappers[0]!.error);
  if (status !== 200) return unavailable(`answered ${status}`);
  const read = viesAnswer.safeParse(content).data;
  if (!read) return unavailable('the answer is not understood');
  if (!read.valid && !ABOUT_THE_ID.includes(read.userError)) return unavailable(read.userError!);
  const common = { checkedOn: dayOf(read.requestDate, today), consultationNumber: said(read.requestIdentifier) };
  return read.valid ? { state: 'valid', ...common, ...comparedIn(read) } : { state: 'invalid', ...common };
}

const comparedIn = (read: ViesAnswer) => ({
  name: said(read.name),
  address: said(read.address),
  nameMatches: allMatch(read.traderNameMatch),
  addressMatches: allMatch(read.traderStreetMatch, read.traderPostalCodeMatch, read.traderCityMatch),
});

/** Whether all that was compared matches; `null` when nothing was. */
function allMatch(...results: readonly (string | null | undefined)[]): boolean | null {
  const compared = results.filter((result) => result === 'VALID' || result === 'INVALID');
  return compared.length ? compared.every((result) => result === 'VALID') : null;
}

/** Member states that tell nothing write dashes. */
function said(value: string | null | undefined): string | null {
  const text = value?.replaceAll(/\s+/g, ' ').trim() ?? '';
  return /^-*$/.test(text) ? null : cut(text, 300);
}

/** A day with its offset, or the instant at which it began in Brussels. */
function dayOf(value: string | null | undefined, today: LocalDate): LocalDate {
  const instant = value?.includes('T') ? new Date(value) : undefined;
  if (instant && !Number.isNaN(instant.getTime())) return localDateOf(instant, 'Europe/Brussels');
  const day = value?.slice(0, 10) ?? '';
  return isLocalDate(day) ? day : today;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
