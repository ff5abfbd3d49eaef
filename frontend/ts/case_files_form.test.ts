import { beforeEach, describe, expect, it, vi } from "vitest";
import { chosen, leave, startCaseFiles } from "./case_files_form";

class Call {
  static last: Call;
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 0;
  response: unknown = null;
  responseType = "";
  headers: Record<string, string> = {};
  sent: FormData | null = null;
  constructor() {
    Call.last = this;
  }
  open(): void {}
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  send(body: FormData): void {
    this.sent = body;
  }
  abort(): void {
    this.onabort?.();
  }
  answer(status: number, response: unknown): void {
    this.status = status;
    this.response = response;
    this.onload?.();
  }
}

const TEXTS = {
  file_choose: "choose",
  file_too_large: "too large {mb} {most}",
  file_sending: "sending {percent}",
  file_looking: "looking",
  file_cut: "cut",
  file_stopped: "stopped",
};

function page(): HTMLFormElement {
  document.documentElement.lang = "en";
  document.body.innerHTML = `<div id="documents" data-largest="1048576"><form data-case-file action="/case-files/X/">
    <input type="hidden" name="code" value="deed"><input type="file" name="file"><input type="file" name="photo">
    <button type="submit">Send</button>
    <div class="sending" hidden><progress max="100" value="0"></progress><button type="button" data-stop></button></div>
    <p class="said"></p></form></div><script type="application/json" id="file-texts">${JSON.stringify(TEXTS)}</script>`;
  startCaseFiles();
  return document.querySelector("form")!;
}

function choose(form: HTMLFormElement, name: string, size = 10): void {
  const input = form.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
  Object.defineProperty(input, "files", { value: [new File([new Uint8Array(size)], "a.pdf")], configurable: true });
}

const submit = (form: HTMLFormElement): boolean => form.dispatchEvent(new Event("submit", { cancelable: true }));
const said = (): string => document.querySelector(".said")!.textContent ?? "";

describe("the form of a case's file", () => {
  let form: HTMLFormElement;
  beforeEach(() => {
    vi.stubGlobal("XMLHttpRequest", Call);
    form = page();
  });

  it("asks for a file before it sends", () => {
    expect(submit(form)).toBe(false);
    expect(said()).toBe("choose");
    expect(chosen(form)).toBeNull();
  });

  it("does not send what is too large anyway", () => {
    choose(form, "file", 2 * 1024 * 1024);
    submit(form);
    expect(said()).toBe("too large 2 1");
  });

  it("shows how far it is, and goes where the server says", () => {
    const left = vi.spyOn(leave, "to").mockImplementation(() => undefined);
    choose(form, "photo");
    submit(form);
    expect(Call.last.headers["Accept"]).toBe("application/json");
    expect(document.querySelector<HTMLElement>(".sending")!.hidden).toBe(false);
    Call.last.upload.onprogress?.({ loaded: 5, total: 10 });
    expect(said()).toBe("sending 50");
    Call.last.upload.onprogress?.({ loaded: 10, total: 10 });
    expect(said()).toBe("looking");
    Call.last.answer(201, { url: "/case-files/X/#document-1" });
    expect(left).toHaveBeenCalledWith("/case-files/X/#document-1");
  });

  it.each([
    ["the server's sentence", () => Call.last.answer(400, { error: { message: { fa: "نه", en: "no SVG" } } }), "no SVG"],
    ["a line that broke", () => Call.last.onerror?.(), "cut"],
    ["an answer that is none", () => Call.last.answer(502, null), "cut"],
    ["a press on stop", () => document.querySelector<HTMLButtonElement>("[data-stop]")!.click(), "stopped"],
  ])("says %s and may be sent again", (_, happen, words) => {
    choose(form, "file");
    submit(form);
    const button = form.querySelector<HTMLButtonElement>('[type="submit"]')!;
    expect(button.disabled).toBe(true);
    happen();
    expect(said()).toBe(words);
    expect(button.disabled).toBe(false);
    expect(document.querySelector<HTMLElement>(".sending")!.hidden).toBe(true);
  });

  it("leaves a page without documents alone", () => {
    document.body.innerHTML = "";
    expect(() => startCaseFiles()).not.toThrow();
  });
});
