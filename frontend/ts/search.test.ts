import { afterEach, beforeEach, expect, it, vi, type Mock } from "vitest";
import { meant, Search, type Hit } from "./search";
import { speak } from "./wording";

const texts = { searching: "searching", no_results: "nothing", results: "{n} results", did_you_mean: "did you mean", failed: "failed" };
const hit = (code: string): Hit => ({ kind: "parcel", code, label: { fa: code, en: `Parcel ${code}` }, lon: 51.6, lat: 32.6, bbox: null });

let pick: Mock<(hit: Hit) => void>;
let input: HTMLInputElement;
let box: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  speak("en", texts);
  document.body.innerHTML = `<form id="f"><label for="q">Search</label><input id="q"><p id="s" role="status"></p><div id="r" hidden></div></form>`;
  input = document.querySelector("input") as HTMLInputElement;
  box = document.querySelector("#r") as HTMLElement;
  pick = vi.fn<(hit: Hit) => void>();
  const said = document.querySelector("#s") as HTMLElement;
  const form = document.querySelector("form") as HTMLFormElement;
  new Search({ form, input, box, said, url: "/search", kinds: { junction: "junction" }, pick });
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

it("shows what to do instead of an empty list", async () => {
  speak("en", texts);
  await type("https://maps.app.goo.gl/x", answer({ results: [], suggestions: [], note: { fa: "نه", en: "paste the long address" } }));
  expect(box.textContent).toBe("paste the long address");
  expect(document.querySelector("#s")?.textContent).toBe("paste the long address");
});

it("tells screen readers how many there are, and what kind of place each is", async () => {
  speak("en", texts);
  await type("jolfa", answer({ results: [{ ...hit("x"), kind: "junction", code: null }, hit("3-2-1")], suggestions: [] }));
  expect(document.querySelector("#s")?.textContent).toBe("2 results");
  expect(box.querySelector("small")?.textContent).toBe("junction");
  expect(input.getAttribute("aria-controls")).toBe("r-list");
});

it("means the parcel at a point, and nothing among equals", () => {
  const point = { ...hit("p"), kind: "point", code: null };
  expect(meant([hit("3-2-1"), point])?.code).toBe("3-2-1");
  expect(meant([hit("3-2-1")])?.code).toBe("3-2-1");
  expect(meant([hit("3-2-1"), hit("3-2-2"), point])).toBeNull();
  expect(meant([])).toBeNull();
});

it("closes on Escape and when the focus goes elsewhere, and opens again with the arrow", async () => {
  await type("3-2", answer({ results: [hit("3-2-1"), hit("3-2-2")], suggestions: [] }));
  key("Escape");
  expect(box.hidden).toBe(true);
  key("ArrowUp");
  expect(box.hidden).toBe(false);
  expect(input.getAttribute("aria-activedescendant")).toBe("result-1");
  const elsewhere = document.body.appendChild(document.createElement("button"));
  input.dispatchEvent(new FocusEvent("focusout", { bubbles: true, relatedTarget: elsewhere }));
  expect(box.hidden).toBe(true);
});
