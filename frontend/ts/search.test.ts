import { afterEach, beforeEach, expect, it, vi, type Mock } from "vitest";
import { Search, type Hit } from "./search";
import { speak } from "./wording";

const texts = { searching: "searching", no_results: "nothing", results: "{n} results", did_you_mean: "did you mean", failed: "failed" };
const hit = (code: string): Hit => ({ kind: "parcel", code, label: { fa: code, en: `Parcel ${code}` }, lon: 51.6, lat: 32.6, bbox: null });

let pick: Mock<(hit: Hit) => void>;
let input: HTMLInputElement;
let box: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  speak("en", texts);
  document.body.innerHTML = `<form id="f"><label for="q">Search</label><input id="q"><div id="r" hidden></div></form>`;
  input = document.querySelector("input") as HTMLInputElement;
  box = document.querySelector("#r") as HTMLElement;
  pick = vi.fn<(hit: Hit) => void>();
  new Search(document.querySelector("form") as HTMLFormElement, input, box, "/search", pick);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function type(text: string, answer: () => Promise<Response>): Promise<Mock<() => Promise<Response>>> {
  const fetch = vi.fn(answer);
  vi.stubGlobal("fetch", fetch);
  input.value = text;
  input.dispatchEvent(new Event("input"));
  await vi.advanceTimersByTimeAsync(300);
  return fetch;
}

const answer = (body: unknown, status = 200) => () => Promise.resolve(new Response(JSON.stringify(body), { status }));
const key = (name: string) => input.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));

it("asks once for what was typed and lists what came", async () => {
  const fetch = await type("3-2", answer({ results: [hit("3-2-1"), hit("3-2-2")], suggestions: [] }));
  expect(fetch).toHaveBeenCalledOnce();
  expect(String((fetch.mock.calls as unknown[][])[0]?.[0])).toBe("/search?q=3-2");
  expect([...box.querySelectorAll("[role=option]")].map((o) => o.textContent)).toEqual(["Parcel 3-2-1", "Parcel 3-2-2"]);
  expect(input.getAttribute("aria-expanded")).toBe("true");
});

it("is worked by keyboard: down, up around the end, Enter", async () => {
  await type("3-2", answer({ results: [hit("3-2-1"), hit("3-2-2")], suggestions: [] }));
  key("ArrowDown");
  key("ArrowUp");
  expect(input.getAttribute("aria-activedescendant")).toBe("result-1");
  document.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await vi.advanceTimersByTimeAsync(1);
  expect(pick).toHaveBeenCalledWith(expect.objectContaining({ code: "3-2-2" }));
  expect(box.hidden).toBe(true);
});

it("offers what comes near, and says when nothing does", async () => {
  await type("zz", answer({ results: [], suggestions: [hit("3-2-1")] }));
  expect(box.textContent).toContain("did you mean");
  expect(box.querySelectorAll("[role=option]")).toHaveLength(1);
  await type("zzz", answer({ results: [], suggestions: [] }));
  expect(box.textContent).toBe("nothing");
});

it("ends in the server's own sentence when the call fails", async () => {
  await type("3-2", answer({ error: { code: "x", message: { fa: "نشد", en: "too many calls" } } }, 429));
  expect(box.textContent).toBe("too many calls");
  await type("3-2", () => Promise.reject(new TypeError("no network")));
  expect(box.textContent).toBe("failed");
});

it("does not ask for a single letter", async () => {
  const fetch = await type("3", answer({}));
  expect(fetch).not.toHaveBeenCalled();
});

it("writes a parcel's code once, in the digits of the page, and leaves it in the box when chosen", async () => {
  speak("fa", texts);
  const persian = { ...hit("3-2-1"), label: { fa: "قطعهٔ \u2066۳-۲-۱\u2069، کوی نمونه", en: "" } };
  await type("۳-۲", answer({ results: [persian], suggestions: [] }));
  expect(box.querySelector("[role=option]")?.textContent).toBe(persian.label.fa);
  key("ArrowDown");
  document.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await vi.advanceTimersByTimeAsync(1);
  expect(input.value).toBe("۳-۲-۱");
});
