import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startHistories } from "./history";
import { speak } from "./wording";

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function fold(): HTMLDetailsElement {
  document.body.innerHTML = `<details data-history="/h/?part=1"><summary>History</summary><div data-history-body><a href="/h/">page</a></div></details>`;
  return document.querySelector("details")!;
}

async function toggle(details: HTMLDetailsElement, open: boolean): Promise<void> {
  details.open = open;
  details.dispatchEvent(new Event("toggle"));
  await settled();
}

beforeEach(() => {
  speak("en", { loading: "Loading", failed: "It did not come" });
  document.body.innerHTML = "";
});
afterEach(() => vi.unstubAllGlobals());

startHistories();

it("asks once, when it is opened", async () => {
  const fetched = vi.fn(async () => new Response("<ol><li>since 1395</li></ol>"));
  vi.stubGlobal("fetch", fetched);
  const details = fold();
  await toggle(details, true);
  expect(details.textContent).toContain("since 1395");
  await toggle(details, false);
  await toggle(details, true);
  expect(fetched).toHaveBeenCalledTimes(1);
});

it("keeps the way to the page when the answer does not come, and asks again", async () => {
  const fetched = vi.fn(async () => new Response("no", { status: 503 }));
  vi.stubGlobal("fetch", fetched);
  const details = fold();
  await toggle(details, true);
  expect(details.querySelector("[role=alert]")?.textContent).toBe("It did not come");
  expect(details.querySelector("a")?.getAttribute("href")).toBe("/h/");
  await toggle(details, false);
  await toggle(details, true);
  expect(fetched).toHaveBeenCalledTimes(2);
});

it("leaves other folds alone", async () => {
  const fetched = vi.fn();
  vi.stubGlobal("fetch", fetched);
  document.body.innerHTML = "<details><summary>x</summary></details>";
  await toggle(document.querySelector("details")!, true);
  expect(fetched).not.toHaveBeenCalled();
});
