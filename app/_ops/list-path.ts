type Filter = Readonly<Record<string, string | number | null | undefined>>;

/** The address of one of the operators' lists with its filter; what is null is not asked for. */
export function listPath(list: "tasks" | "webhooks", filter: Filter): string {
  const asked = Object.entries(filter).flatMap(([name, value]): [string, string][] =>
    value === null || value === undefined ? [] : [[name, String(value)]],
  );
  return asked.length === 0 ? `/ops/${list}` : `/ops/${list}?${new URLSearchParams(asked)}`;
}
