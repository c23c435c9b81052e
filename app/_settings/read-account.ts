import { writeLedgerCsv } from "@/app/_credits/ledger-csv";
import { listAllEntries } from "@/app/_credits/list-all-entries";
import { isBalance, isTaskList } from "@/app/_data/guards";
import { isRecord } from "@/app/_data/json";
import { readPatiently } from "@/app/_data/read-patiently";
import { readDetails } from "@/app/_library/read-details";
import type { ZipPicture } from "@/app/_library/zip-pictures";
import type { AppealList } from "@/lib/contracts/appeals";
import type { LibraryDetail, LibraryList } from "@/lib/contracts/library";
import type { Task } from "@/lib/contracts/task";
import { readSettings } from "./read-settings";

/** How the account is addressed. */
export type Person = { name: string; email: string };

/** All that an account has: its pictures, and beside them its words, amounts and settings as files. */
type Account = { pictures: ZipPicture[]; files: { name: string; input: string }[] };

const PAGE_SIZE = 100;
/** In the bin only small copies are left; this is the largest. */
const BINNED_WIDTH = 1_280;

function isLibraryList(value: unknown): value is LibraryList {
  return isRecord(value) && Array.isArray(value.items);
}

function isAppealList(value: unknown): value is AppealList {
  return isRecord(value) && Array.isArray(value.appeals);
}

/** Reads everything of a person's but the bytes of the pictures. Throws when any of it cannot be had. */
export async function readAccount(person: Person, signal: AbortSignal): Promise<Account> {
  const [kept, binned, entries, balance, draft, { appeals }, erasure] = await Promise.all([
    listKeptTasks(signal),
    listBinned(signal),
    listAllEntries("all", signal),
    readPatiently("/api/credits?limit=1", isBalance, { signal }),
    readPatiently("/api/draft", isRecord, { signal }),
    readPatiently("/api/appeals", isAppealList, { signal }),
    readPatiently("/api/account/erasure", isRecord, { signal }),
  ]);
  const { available, held, freeRemaining } = balance;
  const account = {
    ...person,
    settings: readSettings(),
    credits: { available, held, freeRemaining },
    erasureDueAt: erasure.dueAt ?? null,
    exportedAt: new Date().toISOString(),
  };
  const tasks = uniteTasks(kept, binned);
  return {
    pictures: [...listPictures(kept), ...listBinnedPictures(binned), ...listReferences(tasks, draft)],
    files: [
      { name: "account.json", input: toJson(account) },
      { name: "tasks.json", input: toJson(tasks) },
      { name: "ledger.csv", input: writeLedgerCsv(entries) },
      { name: "draft.json", input: toJson(draft.saved) },
      { name: "appeals.json", input: toJson(appeals) },
    ],
  };
}

const toJson = (value: unknown) => JSON.stringify(value, null, 2);

/** Every task that is not in the bin, whatever became of it, newest first. */
async function listKeptTasks(signal: AbortSignal): Promise<Task[]> {
  const tasks: Task[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await readPatiently(`/api/task?limit=${PAGE_SIZE}${query}`, isTaskList, { signal });
    tasks.push(...page.tasks);
    cursor = page.nextCursor;
  }
  return tasks;
}

/** Every task that is in the bin, or of whose pictures some are. A list that was cut goes on from its end. */
async function listBinned(signal: AbortSignal): Promise<LibraryDetail[]> {
  const ids = new Set<string>();
  let query: string | null = "";
  while (query !== null) {
    const known = ids.size;
    const { items, isCut }: LibraryList = await readPatiently(
      `/api/library?state=bin${query}`,
      isLibraryList,
      { signal },
    );
    for (const { id } of items) {
      ids.add(id);
    }
    const last = items.at(-1);
    // The end is told to the second and excluded: what lies within it is read twice.
    query = isCut && last && ids.size > known ? `&to=${new Date((last.at + 1) * 1_000).toISOString()}` : null;
  }
  return readDetails([...ids], signal);
}

/** Each task once, newest first; one that lies partly in the bin is in both lists. */
export function uniteTasks(kept: readonly Task[], binned: readonly LibraryDetail[]): Task[] {
  const byId = new Map([...kept, ...binned.map(({ task }) => task)].map((task) => [task.id, task]));
  return [...byId.values()].toSorted((left, right) => (left.id < right.id ? 1 : -1));
}

function listPictures(tasks: readonly Task[]): ZipPicture[] {
  return tasks.flatMap((task) =>
    task.images.map(({ id, url }) => ({ id, address: url, task, folder: "pictures/" })),
  );
}

function listBinnedPictures(details: readonly LibraryDetail[]): ZipPicture[] {
  return details.flatMap(({ task, binned }) =>
    binned.map(({ id }) => ({ id, address: `/img/${id}?w=${BINNED_WIDTH}`, task, folder: "bin/" })),
  );
}

/** The pictures that were handed in, for a task or for what stands in the composer. */
function listReferences(tasks: readonly Task[], draft: Record<string, unknown>): ZipPicture[] {
  const ids = new Set(tasks.flatMap(({ inputImageId }) => inputImageId ?? []));
  const drafted = isRecord(draft.saved) && isRecord(draft.saved.draft) && draft.saved.draft.referenceId;
  if (typeof drafted === "string") {
    ids.add(drafted);
  }
  return [...ids].map((id) => ({ id, address: `/img/reference/${id}`, task: null, folder: "references/" }));
}
