import { describe, expect, it } from "vitest";
import { answerOf } from "./inspection_send";
import { pageStore, type Kept, type Store } from "./inspection_store";
import { ready, sync, waiting, type Answer } from "./inspection_sync";

const photo = (key: string, more: Partial<Kept> = {}): Kept => ({ key, visit: "7", kind: "photo", at: 1, url: "/p/", fields: [], blob: new Blob([key]), ...more });
const report = (more: Partial<Kept> = {}): Kept => ({ key: "r", visit: "7", kind: "report", at: 0, url: "/r/", fields: [], ...more });

async function holding(...rows: Kept[]): Promise<Store> {
  const store = pageStore();
  for (const row of rows) await store.put(row);
  return store;
}

/** A server that answers in turn and remembers what it was sent. */
function server(...answers: Answer[]) {
  const heard: [string, string[]][] = [];
  const send = (one: Kept, photos: string[]): Promise<Answer> => {
    heard.push([one.key, photos]);
    return Promise.resolve(answers.shift() ?? { kind: "away" });
  };
  return { heard, send };
}

describe("what the device keeps", () => {
  it("goes photos first, then the report with their digests, and is then forgotten", async () => {
    const store = await holding(report(), photo("a"), photo("b"), report({ key: "d", kind: "draft" }));
    const { heard, send } = server({ kind: "sent", sha: "1" }, { kind: "sent", sha: "2" }, { kind: "sent", url: "/x/" });
    const outcome = await sync(store, send);
    expect(heard).toEqual([["a", []], ["b", []], ["r", ["1", "2"]]]);
    expect(outcome).toMatchObject({ state: "done", left: 0, url: "/x/" });
    expect(await store.all()).toEqual([]);
  });

  it("stays when the network drops in the middle, and only the rest is sent later", async () => {
    const store = await holding(report(), photo("a"), photo("b"));
    const first = server({ kind: "sent", sha: "1" }, { kind: "away" });
    expect(await sync(store, first.send)).toMatchObject({ state: "away", left: 2, url: "" });
    expect((await store.all()).find((one) => one.key === "a")).not.toHaveProperty("blob");
    const second = server({ kind: "sent", sha: "2" }, { kind: "sent", url: "/x/" });
    expect((await sync(store, second.send)).left).toBe(0);
    expect(second.heard.map(([key]) => key)).toEqual(["b", "r"]);
  });

  it("holds the report back while one of its photos is refused, and says why", async () => {
    const store = await holding(report(), photo("a"), photo("b"));
    const { heard, send } = server({ kind: "refused", why: "too large" }, { kind: "sent", sha: "2" });
    const outcome = await sync(store, send);
    expect(heard.map(([key]) => key)).toEqual(["a", "b"]);
    expect(outcome.refused.map((one) => one.refused)).toEqual(["too large"]);
    await store.remove("a");
    expect((await sync(store, server({ kind: "sent" }).send)).left).toBe(0);
  });

  it("keeps everything for who is signed out", async () => {
    const store = await holding(report());
    expect(await sync(store, server({ kind: "signed_out" }).send)).toMatchObject({ state: "signed_out", left: 1 });
  });

  it("counts neither drafts nor photos that are sent, and other visits hold nothing back", () => {
    const rows = [report(), photo("a", { sha: "1" }), photo("c", { visit: "8" }), report({ key: "d", kind: "draft" })];
    expect(waiting(rows).map((one) => one.key)).toEqual(["c", "r"]);
    expect(ready(report(), rows)).toBe(true);
    expect(ready(report({ visit: "8" }), rows)).toBe(false);
  });
});

describe("what an answer means", () => {
  const body = (status: number, data: unknown): Response => new Response(JSON.stringify(data), { status });

  it.each([
    [body(201, { url: "/x/", sha256: "1" }), { kind: "sent", url: "/x/", sha: "1" }],
    [body(400, { error: { message: { fa: "نه", en: "no" } } }), { kind: "refused", why: "نه" }],
    [body(401, {}), { kind: "signed_out" }],
    [body(403, {}), { kind: "signed_out" }],
    [body(429, {}), { kind: "away" }],
    [body(503, {}), { kind: "away" }],
    [new Response("<html>", { status: 200 }), { kind: "away" }],
  ])("%#", async (response, meaning) => {
    expect(await answerOf(response)).toEqual(meaning);
  });
});
