import { api, callApi } from '../../../app/api/client.ts';
import { ApiError } from '../../../app/api/errors.ts';
import type { Card, Draft, NewCard, Version } from '../card.ts';
import { jsonPlaces } from './json-places.ts';
import type { Mistake, Outcome } from './outcome.ts';

type FileVersion = NewCard['versions'][number];

/** A card as its export writes it, and which of its versions the house does not have yet. */
export interface JsonFile {
  outcome: Outcome;
  card?: NewCard;
  added: readonly FileVersion[];
}

/**
 * Checks a card that was exported as JSON against the one there is, version by version; stores nothing.
 * @throws ApiError, OfflineError
 */
export async function checkJson(text: string): Promise<JsonFile> {
  const { placeOf, broken } = jsonPlaces(text);
  if (broken) return refused({ line: broken.line, field: null, code: 'NOT_JSON' });
  const card = JSON.parse(text) as NewCard;
  if (!isCard(card)) return refused({ line: placeOf('').line, field: null, code: 'NOT_A_CARD' });
  const existing = await findCard(card.code);
  const mistakes: Mistake[] = [];
  const warnings: Outcome['warnings'][number][] = [];
  const added: FileVersion[] = [];
  for (const [index, version] of card.versions.entries()) {
    const path = `versions.${index}`;
    const known = existing?.versions.find((one) => one.version === version.version);
    if (known && isSame(known, version)) continue;
    if (known) {
      mistakes.push({ line: placeOf(`${path}.version`).line, field: `${path}.version`, code: 'VERSION_DIFFERS' });
      continue;
    }
    added.push(version);
    const told = await checkVersion(contentOf(version), existing?.id);
    for (const { path: inner, code } of told.errors) {
      const field = inner ? `${path}.${inner}` : path;
      mistakes.push({ line: placeOf(field).line, field, code });
    }
    warnings.push(...told.warnings);
  }
  const outcome = {
    ...{ cardId: existing?.id ?? null, code: card.code, created: !existing, ignoredColumns: [] },
    ...{ versionsAdded: added.map(({ version }) => version), mistakes, warnings },
  };
  return { outcome, card, added };
}

/** Stores what a check found to be missing: the card, or its later versions one after the other. */
export async function storeJson({ outcome, card, added }: JsonFile): Promise<string> {
  if (!card) throw new Error('A file with mistakes is not stored');
  const { cardId: id } = outcome;
  if (!id) return (await api('POST /rate-cards', { ...card })).id;
  for (const version of added.toSorted((left, right) => left.version - right.version))
    await callApi('POST /rate-cards/{id}/versions', { id, version: version.version, ...contentOf(version) });
  return id;
}

const refused = (mistake: Mistake): JsonFile => ({
  outcome: {
    ...{ cardId: null, code: '', created: false, versionsAdded: [], mistakes: [mistake] },
    ...{ warnings: [], ignoredColumns: [] },
  },
  added: [],
});

const isCard = (card: unknown): boolean => {
  const { code, versions } = (card ?? {}) as Partial<NewCard>;
  return typeof code === 'string' && Array.isArray(versions) && versions.every((one: unknown) => isRecord(one));
};
const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

async function findCard(code: string): Promise<Card | undefined> {
  let cursor: string | undefined;
  do {
    const page = await callApi('GET /rate-cards', { limit: 200, ...(cursor ? { cursor } : {}) });
    const found = page.items.find((one) => one.code === code);
    if (found) return callApi('GET /rate-cards/{id}', { id: found.id });
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return undefined;
}

async function checkVersion(version: Draft, cardId: string | undefined) {
  try {
    return await callApi('POST /rate-cards/check', { ...(cardId ? { cardId } : {}), version });
  } catch (error) {
    // what is no version at all is refused with the paths of the body
    if (!(error instanceof ApiError) || !error.errors.length) throw error;
    const errors = error.errors.map((one) => ({ ...one, path: one.path.replace(/^version\.?/, '') }));
    return { errors, warnings: [] };
  }
}

/** With what the API takes for granted; what is no list of rules is left for the API to refuse. */
const contentOf = ({ validFrom, rules, adjustments = [], minimums = [] }: FileVersion): Draft => {
  const whole = Array.isArray(rules) ? rules.map((rule) => ({ ...rule, conditions: rule?.conditions ?? {} })) : rules;
  return { validFrom, rules: whole, adjustments, minimums } as Draft;
};

const isSame = (left: Version, right: FileVersion): boolean =>
  canonical(contentOf(left)) === canonical(contentOf(right));

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part as object).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
