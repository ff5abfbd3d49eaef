// Sends what the device keeps: photos first, then the report that names them. Each may be sent again and stays one.
import type { Kept, Store } from "./inspection_store";

/** What came back. `away`: no network, or the server did not answer. `signed_out`: somebody must sign in first. */
export type Answer =
  | { kind: "sent"; sha?: string; url?: string }
  | { kind: "refused"; why: string }
  | { kind: "away" }
  | { kind: "signed_out" };

export type Send = (one: Kept, photos: string[]) => Promise<Answer>;

/** How a run ended: "done" = nothing waits that could be sent. `left`: photos and reports that wait. */
export interface Outcome {
  state: "done" | "away" | "signed_out";
  left: number;
  refused: Kept[];
  /** Where the last report that was sent is shown. */
  url: string;
}

/** Photos and reports that still have to be sent, in the order in which they are. */
export function waiting(rows: Kept[]): Kept[] {
  const photos = rows.filter((one) => one.kind === "photo" && !one.sha);
  return [...photos, ...rows.filter((one) => one.kind === "report")];
}

/** Whether a report can go: none of its photos still waits. One that was refused holds the report back until removed. */
export function ready(report: Kept, rows: Kept[]): boolean {
  return !rows.some((one) => one.kind === "photo" && one.visit === report.visit && !one.sha);
}

/** Send all that can be sent. Stops at the first thing for which there is no network. */
export async function sync(store: Store, send: Send, tell: (left: number) => void = () => undefined): Promise<Outcome> {
  let url = "";
  for (const one of waiting(await store.all())) {
    const rows = await store.all();
    if (one.refused || (one.kind === "report" && !ready(one, rows))) continue;
    tell(waiting(rows).length);
    const answer = await send(one, shas(one, rows));
    if (answer.kind === "away" || answer.kind === "signed_out") return outcome(store, answer.kind, url);
    if (answer.kind === "refused") await store.put({ ...one, refused: answer.why });
    else if (one.kind === "photo") await keepSent(store, one, answer.sha ?? "");
    else {
      await forget(store, one.visit);
      url = answer.url ?? "";
    }
  }
  return outcome(store, "done", url);
}

/** A photo that the server has needs no room on the device any more; its name and digest stay for the report. */
async function keepSent(store: Store, one: Kept, sha: string): Promise<void> {
  const { blob: _blob, ...light } = one;
  await store.put({ ...light, sha });
}

async function forget(store: Store, visit: string): Promise<void> {
  for (const one of await store.all()) if (one.visit === visit) await store.remove(one.key);
}

function shas(one: Kept, rows: Kept[]): string[] {
  if (one.kind !== "report") return [];
  return rows.flatMap((row) => (row.kind === "photo" && row.visit === one.visit && row.sha ? [row.sha] : []));
}

async function outcome(store: Store, state: Outcome["state"], url: string): Promise<Outcome> {
  const rows = await store.all();
  return { state, left: waiting(rows).length, refused: waiting(rows).filter((one) => one.refused), url };
}
