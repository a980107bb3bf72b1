import { useState } from 'react';
import { upload } from '../../../app/api/client.ts';
import { queryClient } from '../../../app/api/queries.ts';
import { checkJson, storeJson, type JsonFile } from './json-file.ts';
import { outcomeOfCsv, type Outcome } from './outcome.ts';

export interface Head {
  code: string;
  name: string;
  merchantId: string | null;
  isBase: boolean;
}

interface State {
  busy?: 'check' | 'store';
  outcome?: Outcome;
  json?: JsonFile;
  error?: unknown;
}

export interface Import extends State {
  check: (file: File, head: Head) => Promise<void>;
  /** Stores what was checked. @returns the id of the card, or nothing when it failed */
  store: (file: File, head: Head) => Promise<string | undefined>;
  /** The file or what belongs to it has changed: what was found no longer holds. */
  forget: () => void;
}

export const isJson = (file: File): boolean => /\.json$/i.test(file.name) || file.type === 'application/json';

/** A file that becomes a card or versions of one: checked first, stored when somebody says so. */
export function useImport(): Import {
  const [state, setState] = useState<State>({});
  const attempt = async <Result>(busy: NonNullable<State['busy']>, act: () => Promise<Result>) => {
    setState((old) => ({ ...old, busy, error: undefined }));
    try {
      return await act();
    } catch (error) {
      setState((old) => ({ ...(busy === 'store' ? old : {}), error, busy: undefined }) as State);
      return undefined;
    }
  };
  return {
    ...state,
    forget: () => setState({}),
    async check(file, head) {
      await attempt('check', async () => {
        if (isJson(file)) {
          const json = await checkJson(await file.text());
          setState({ json, outcome: json.outcome });
        } else setState({ outcome: outcomeOfCsv(await send(file, head, 'true')) });
      });
    },
    async store(file, head) {
      return attempt('store', async () => {
        const { json } = state;
        const id = json ? await storeJson(json) : (await send(file, head, 'false')).cardId;
        await queryClient.invalidateQueries({
          predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /rate-cards'),
        });
        setState({});
        return id ?? undefined;
      });
    },
  };
}

function send(file: File, { code, name, merchantId, isBase }: Head, dryRun: 'true' | 'false') {
  const fields = {
    ...{ code: code.trim(), isBase: isBase ? ('true' as const) : ('false' as const), dryRun },
    ...(name.trim() ? { name: name.trim() } : {}),
    ...(merchantId ? { merchantId } : {}),
  };
  return upload('POST /rate-cards/csv', fields, { file, filename: file.name });
}
