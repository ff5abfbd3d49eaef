import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sharing } from "./share";
import { speak } from "./wording";

let page: Document;

beforeEach(() => {
  speak("en", { copied: "copied", copy_by_hand: "copy by hand" });
  page = document.implementation.createHTMLDocument();
  page.body.innerHTML = `<div class="share-box"><input value="https://city/parcels/1/"><button data-copy>c</button>
    <button data-share>s</button><p role="status"></p></div><button data-copy id="stray">x</button>`;
});

afterEach(() => vi.unstubAllGlobals());

const said = () => page.querySelector("[role=status]")?.textContent;
const press = (selector: string) => page.querySelector<HTMLElement>(selector)?.dispatchEvent(new MouseEvent("click", { bubbles: true }));

it("copies the link and says so", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  sharing(page);
  press("[data-copy]");
  await vi.waitFor(() => expect(said()).toBe("copied"));
  expect(writeText).toHaveBeenCalledWith("https://city/parcels/1/");
  expect(page.documentElement.className).toBe("can-copy");
});

it("says how to copy by hand where the clipboard is closed", async () => {
  vi.stubGlobal("navigator", {});
  sharing(page);
  press("[data-copy]");
  await vi.waitFor(() => expect(said()).toBe("copy by hand"));
});

it("opens the device's own menu where there is one, and a closed menu is no trouble", async () => {
  const share = vi.fn(() => Promise.reject(new DOMException("closed", "AbortError")));
  vi.stubGlobal("navigator", { share });
  sharing(page);
  press("[data-share]");
  await vi.waitFor(() => expect(share).toHaveBeenCalledWith({ title: document.title, url: "https://city/parcels/1/" }));
  expect(said()).toBe("");
  expect(page.documentElement.classList.contains("can-share")).toBe(true);
});

it("leaves buttons elsewhere alone", () => {
  vi.stubGlobal("navigator", {});
  sharing(page);
  press("#stray");
  expect(said()).toBe("");
});
