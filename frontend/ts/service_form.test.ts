import { describe, expect, it } from "vitest";
import { answer, followConditions } from "./service_form";

const FORM = `<form>
  <input type="radio" name="reason" value="dead"><input type="radio" name="reason" value="other">
  <div id="box" data-when="reason" data-values="other wire"><p class="service-when">Only if…</p><input name="reason_other" value="kept"></div>
  <select name="size"><option value=""></option><option value="big">big</option></select>
  <div id="deep" data-when="size" data-values="big"><textarea name="why"></textarea></div>
</form>`;

function form(): HTMLFormElement {
  document.body.innerHTML = FORM;
  return document.querySelector("form")!;
}

function choose(on: HTMLFormElement, value: string): void {
  const radio = on.querySelector<HTMLInputElement>(`input[value=${value}]`)!;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

describe("questions that hang on others", () => {
  it("are hidden until they are asked, and nothing that was written is lost", () => {
    const on = form();
    const box = document.getElementById("box")!;
    followConditions(on);
    expect(box.hidden).toBe(true);
    choose(on, "other");
    expect(box.hidden).toBe(false);
    expect(box.querySelector<HTMLElement>(".service-when")!.hidden).toBe(true);
    choose(on, "dead");
    expect(box.hidden).toBe(true);
    expect(answer(on, "reason_other")).toBe("kept");
  });

  it("follow lists as well as buttons", () => {
    const on = form();
    followConditions(on);
    const list = on.querySelector("select")!;
    list.value = "big";
    list.dispatchEvent(new Event("change", { bubbles: true }));
    expect(document.getElementById("deep")!.hidden).toBe(false);
  });

  it("read no answer as nothing", () => {
    expect(answer(form(), "reason")).toBe("");
    expect(answer(form(), "castle")).toBe("");
  });
});
