import { beforeEach, describe, expect, it, vi } from "vitest";
import { Device, leave } from "./inspection_device";
import { fieldsOf, needed, reportOf, startForm } from "./inspection_form";
import { pageStore, type Store } from "./inspection_store";
import type { Answer } from "./inspection_sync";

const PAGE = `
<div id="device" hidden><p id="device-state"></p><p id="device-wrong" hidden></p><button id="device-send" hidden></button></div>
<form id="inspection-form" action="/visit/7/" data-visit="7" data-photos="/files/" data-photo-title="photo">
  <input type="hidden" name="csrfmiddlewaretoken" value="secret"><input type="hidden" name="key" value="k-1"><input type="hidden" name="at">
  <input type="radio" name="outcome" value="as_described"><input type="radio" name="outcome" value="not_entered">
  <input name="area"><textarea name="remarks"></textarea>
  <div class="take-photos" hidden><input id="photos" type="file" multiple><ul id="photo-list"></ul></div>
  <input type="checkbox" name="photo_sha" value="old" checked><input type="checkbox" name="photo_sha" value="no">
</form>`;
const answers: Answer[] = [];
let store: Store;
let device: Device;
let form: HTMLFormElement;

beforeEach(() => {
  document.body.innerHTML = PAGE;
  store = pageStore();
  answers.length = 0;
  const box = document.getElementById("device")!;
  device = new Device(store, box, true, () => Promise.resolve(answers.shift() ?? { kind: "away" }));
  form = document.querySelector("form")!;
  leave.to = vi.fn();
});

const field = <T extends HTMLElement>(selector: string): T => form.querySelector<T>(selector)!;

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  await device.run();
}

describe("the inspector's form", () => {
  it("keeps what was written and never the token", () => {
    field<HTMLInputElement>('[name="area"]').value = "380";
    const names = fieldsOf(form).map(([name]) => name);
    expect(names).toContain("area");
    expect(names).not.toContain("csrfmiddlewaretoken");
    const kept = reportOf(form, "7", new Date("2026-11-29T08:00:00Z"));
    expect(kept.fields).toEqual(expect.arrayContaining([["key", "k-1"], ["at", "2026-11-29T08:00:00.000Z"], ["photo_sha", "old"]]));
    expect(kept.fields).not.toContainEqual(["photo_sha", "no"]);
  });

  it("asks for an area where somebody could enter, for remarks where nobody could", () => {
    const [entered, stayed_out] = form.querySelectorAll<HTMLInputElement>('[name="outcome"]');
    entered!.checked = true;
    needed(form);
    expect(field<HTMLInputElement>('[name="area"]').required).toBe(true);
    stayed_out!.checked = true;
    needed(form);
    expect(field<HTMLInputElement>('[name="area"]').required).toBe(false);
    expect(field<HTMLTextAreaElement>("textarea").required).toBe(true);
  });

  it("stays on the device without a network, is said to, and goes later", async () => {
    await startForm(form, device);
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    await settled();
    expect(document.getElementById("device")!.classList.contains("waits")).toBe(true);
    expect(document.getElementById("device-send")!.hidden).toBe(false);
    answers.push({ kind: "sent", url: "/there/" });
    await device.run();
    expect(leave.to).toHaveBeenCalledWith("/there/");
    expect(await store.all()).toEqual([]);
  });

  it("says the server's sentence, keeps the form, and tries again when asked", async () => {
    await startForm(form, device);
    answers.push({ kind: "refused", why: "no area" });
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    await settled();
    expect(document.getElementById("device-wrong")!.hidden).toBe(false);
    expect((await store.all()).find((one) => one.kind === "report")?.refused).toBe("no area");
    answers.push({ kind: "sent", url: "/there/" });
    document.getElementById("device-send")!.click();
    await settled();
    expect(leave.to).toHaveBeenCalledWith("/there/");
  });

  it("comes back with what was typed, and with its key", async () => {
    await store.put({ key: "draft-7", visit: "7", kind: "draft", at: 0, url: "", fields: [["area", "381"], ["outcome", "not_entered"], ["key", "k-0"]] });
    await startForm(form, device);
    expect(field<HTMLInputElement>('[name="area"]').value).toBe("381");
    expect(field<HTMLInputElement>('[value="not_entered"]').checked).toBe(true);
    expect(field<HTMLInputElement>('[name="key"]').value).toBe("k-0");
  });

  it("lists photos that wait and lets them be removed", async () => {
    await startForm(form, device);
    const input = field<HTMLInputElement>("#photos");
    Object.defineProperty(input, "files", { value: [new File(["x"], "a.jpg")] });
    input.dispatchEvent(new Event("change"));
    await settled();
    expect(form.querySelectorAll("#photo-list li")).toHaveLength(1);
    form.querySelector<HTMLButtonElement>("#photo-list button")!.click();
    await settled();
    expect(form.querySelectorAll("#photo-list li")).toHaveLength(0);
  });
});
