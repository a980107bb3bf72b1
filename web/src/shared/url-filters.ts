import { useNavigate, useSearch } from '@tanstack/react-router';

export type UrlFilters = Readonly<Record<string, string | undefined>>;

/**
 * Filters that stand in the address, so that a list can be linked, reloaded and gone back to.
 * @param names  the only ones that count; whatever else stands there is left alone
 */
export function useUrlFilters<const Name extends string>(names: readonly Name[]) {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const values = Object.fromEntries(
    names.flatMap((name) => (search[name] === undefined || search[name] === '' ? [] : [[name, String(search[name])]])),
  ) as Partial<Record<Name, string>>;
  const change = (patch: Partial<Record<Name, string | null | undefined>>) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => withoutEmpty({ ...old, ...patch }),
      replace: true,
    } as never);
  const clear = () => change(Object.fromEntries(names.map((name) => [name, undefined])) as never);
  return { values, change, clear, isFiltered: Object.keys(values).length > 0 };
}

const withoutEmpty = (fields: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
