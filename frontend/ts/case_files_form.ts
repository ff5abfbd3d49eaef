// Sends a form's file with its progress; without scripts the form sends itself. Errors are the server's sentences.
import { megabytes, sentence, type Body } from "./desk_upload_said";
import { readBlock } from "./page_data";
import { speak, t } from "./wording";

interface Parts {
  form: HTMLFormElement;
  sending: HTMLElement;
  bar: HTMLProgressElement;
  said: HTMLElement;
  button: HTMLButtonElement;
}

/** Where to go once the file is kept. Tests put their own here. */
export const leave = { to: (url: string): void => arrive(url) };

/** Makes every form of the list send its file with progress. */
export function startCaseFiles(): void {
  const list = document.getElementById("documents");
  const texts = readBlock<Record<string, string>>("file-texts");
  if (!list || !texts) return;
  speak(document.documentElement.lang, texts);
  const most = Number(list.dataset["largest"] ?? "0");
  list.querySelectorAll<HTMLFormElement>("form[data-case-file]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(partsOf(form), most);
    });
  });
}

/** The file that was chosen, or the photo that was taken; null = neither. */
export function chosen(form: HTMLFormElement): File | null {
  for (const input of form.querySelectorAll<HTMLInputElement>('input[type="file"]')) {
    const file = input.files?.[0];
    if (file) return file;
  }
  return null;
}

function send(parts: Parts, most: number): void {
  const file = chosen(parts.form);
  if (!file) return tell(parts, t("file_choose"), true);
  if (most && file.size > most) {
    return tell(parts, t("file_too_large", { mb: megabytes(file.size), most: megabytes(most) }), true);
  }
  const call = new XMLHttpRequest();
  call.open("POST", parts.form.action);
  call.setRequestHeader("Accept", "application/json");
  call.responseType = "json";
  call.upload.onprogress = (event) => progressed(parts, event.loaded, event.total);
  call.onload = () => answered(parts, call);
  call.onerror = () => finished(parts, t("file_cut"));
  call.onabort = () => finished(parts, t("file_stopped"));
  parts.sending.querySelector<HTMLButtonElement>("[data-stop]")!.onclick = () => call.abort();
  parts.sending.hidden = false;
  parts.button.disabled = true;
  progressed(parts, 0, file.size);
  call.send(new FormData(parts.form));
}

function progressed(parts: Parts, loaded: number, total: number): void {
  const percent = total ? Math.floor((loaded / total) * 100) : 0;
  parts.bar.value = percent;
  tell(parts, percent < 100 ? t("file_sending", { percent }) : t("file_looking"), false);
}

function answered(parts: Parts, call: XMLHttpRequest): void {
  const body = call.response as (Body & { url?: string }) | null;
  if (call.status === 201 && body?.url) return leave.to(body.url);
  finished(parts, sentence(body) || t("file_cut"));
}

function finished(parts: Parts, said: string): void {
  parts.sending.hidden = true;
  parts.button.disabled = false;
  tell(parts, said, true);
}

function tell(parts: Parts, said: string, wrong: boolean): void {
  parts.said.classList.toggle("wrong", wrong);
  if (parts.said.textContent !== said) parts.said.textContent = said;
}

/** The list anew, at the document: an address that differs in its last part only would not be asked again. */
function arrive(url: string): void {
  location.assign(url);
  if (new URL(url, location.href).pathname === location.pathname) location.reload();
}

function partsOf(form: HTMLFormElement): Parts {
  return {
    form,
    sending: form.querySelector<HTMLElement>(".sending")!,
    bar: form.querySelector("progress")!,
    said: form.querySelector<HTMLElement>(".said")!,
    button: form.querySelector<HTMLButtonElement>('button[type="submit"]')!,
  };
}
