// Files of a form go up before it: in portions that can be paused, survive a broken line and a reloaded page.
// Without scripts the form sends small files by itself.
import { Upload as TusUpload } from "tus-js-client";
import { blockDigest } from "./desk_upload_digest";
import { megabytes, retryable, sentence, type Body } from "./desk_upload_said";
import { readBlock } from "./page_data";
import { speak, t } from "./wording";

export interface UploadData {
  language: string;
  url: string;
  chunk: number;
  largest: number;
  texts: Record<string, string>;
}

const RETRIES = [0, 1000, 3000, 5000, 10_000, 20_000, 20_000];

/** One file on its way; `id` once the server has given it one. */
class Item {
  readonly row = document.createElement("li");
  private readonly bar = document.createElement("progress");
  private readonly said = document.createElement("span");
  private readonly pause = button("upload_pause", () => this.toggle());
  private readonly tus: TusUpload;
  private running = false;
  done = false;
  failed = "";

  constructor(
    private readonly file: File,
    private readonly data: UploadData,
    private readonly changed: () => void,
    remove: (item: Item) => void,
  ) {
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.className = "progress";
    this.bar.setAttribute("aria-label", file.name);
    const name = document.createElement("bdi");
    name.textContent = file.name;
    this.row.append(name, this.bar, this.said, this.pause, button("upload_remove", () => remove(this)));
    this.say(t("upload_waiting"));
    this.tus = this.make();
  }

  get id(): string {
    return this.tus.url?.replace(/\/$/, "").split("/").pop() ?? "";
  }

  /** Hash, look for an earlier try of the same file, send. */
  async start(): Promise<void> {
    if (this.running || this.done) return;
    this.running = true;
    this.failed = "";
    this.label("upload_pause");
    if (this.file.size > this.data.largest) return this.fail(t("upload_too_large", { mb: megabytes(this.data.largest) }));
    if (!this.tus.options.metadata?.["blocks"]) {
      this.say(t("upload_hashing"));
      const blocks = await blockDigest(this.file, this.data.chunk);
      this.tus.options.metadata = { filename: this.file.name, ...(blocks ? { blocks } : {}) };
    }
    const before = this.tus.url ? [] : await this.tus.findPreviousUploads();
    if (before[0]) this.tus.resumeFromPreviousUpload(before[0]);
    if (this.running) this.tus.start();
  }

  /** Stop sending; the server keeps what arrived. */
  async stop(): Promise<void> {
    this.running = false;
    await this.tus.abort();
  }

  /** Take it off the server too. */
  async drop(): Promise<void> {
    this.running = false;
    await this.tus.abort(true).catch(() => undefined);
  }

  private toggle(): void {
    if (!this.running) return void this.start();
    void this.stop();
    this.label("upload_resume");
    this.say(t("upload_paused"));
  }

  private make(): TusUpload {
    return new TusUpload(this.file, {
      endpoint: this.data.url,
      chunkSize: this.data.chunk,
      retryDelays: RETRIES,
      metadata: { filename: this.file.name },
      removeFingerprintOnSuccess: false,
      headers: { "X-CSRFToken": token() },
      onShouldRetry: (error) => {
        const again = retryable(error.originalResponse?.getStatus() ?? 0);
        if (again) this.say(t("upload_again"));
        return again;
      },
      onProgress: (sent, all) => {
        this.bar.value = all ? sent / all : 0;
        this.say(t("upload_of", { done: megabytes(sent), all: megabytes(all) }));
      },
      onError: (error) => this.fail(sentence("originalResponse" in error ? body(error.originalResponse?.getBody()) : null)),
      onSuccess: () => {
        this.done = true;
        this.running = false;
        this.bar.value = 1;
        this.pause.remove();
        this.say(t("upload_done"));
        this.changed();
      },
    });
  }

  private fail(why: string): void {
    this.running = false;
    this.failed = why || t("upload_failed");
    this.label("upload_resume");
    this.say(this.failed);
    this.changed();
  }

  private say(text: string): void {
    if (this.said.textContent !== text) this.said.textContent = text;
  }

  private label(key: string): void {
    this.pause.textContent = t(key);
  }
}

/** The files of one field, and the hidden field that names them once they have arrived. */
class Field {
  private items: Item[] = [];
  private readonly input: HTMLInputElement;
  private readonly hidden: HTMLInputElement;
  private readonly list: HTMLElement;

  constructor(
    box: HTMLElement,
    private readonly data: UploadData,
    private readonly changed: () => void,
  ) {
    this.input = box.querySelector("input[type=file]") as HTMLInputElement;
    this.hidden = box.querySelector("input[type=hidden]") as HTMLInputElement;
    this.list = box.querySelector(".uploads") as HTMLElement;
    this.input.removeAttribute("name"); // the form itself sends ids only
    this.input.addEventListener("change", () => this.choose());
  }

  get empty(): boolean {
    return this.items.length === 0;
  }

  get ready(): boolean {
    return this.items.every((item) => item.done);
  }

  private choose(): void {
    for (const file of this.input.files ?? []) {
      const item = new Item(file, this.data, () => this.tell(), (one) => this.remove(one));
      this.items.push(item);
      this.list.append(item.row);
      void item.start();
    }
    this.input.value = "";
  }

  private remove(item: Item): void {
    this.items = this.items.filter((one) => one !== item);
    item.row.remove();
    void item.drop();
    this.tell();
  }

  private tell(): void {
    this.hidden.value = this.items.filter((item) => item.done).map((item) => item.id).join(",");
    this.changed();
  }
}

function button(key: string, pressed: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button small";
  made.textContent = t(key);
  made.addEventListener("click", pressed);
  return made;
}

function token(): string {
  return (document.querySelector("input[name=csrfmiddlewaretoken]") as HTMLInputElement | null)?.value ?? "";
}

function body(raw: string | undefined): Body | null {
  try {
    return raw ? (JSON.parse(raw) as Body) : null;
  } catch {
    return null;
  }
}

function start(form: HTMLFormElement, data: UploadData): void {
  let wanted: HTMLElement | null = null;
  const fields: Field[] = [];
  const go = () => {
    if (wanted && fields.every((field) => field.ready)) form.requestSubmit(wanted);
  };
  for (const box of form.querySelectorAll<HTMLElement>("[data-upload]")) fields.push(new Field(box, data, go));
  form.addEventListener("submit", (event) => {
    if (fields.every((field) => field.ready)) return;
    event.preventDefault(); // it is sent as soon as the files have arrived
    wanted = event.submitter;
  });
}

const data = readBlock<UploadData>("upload-data");
const form = document.getElementById("upload-form");
if (data && form instanceof HTMLFormElement) {
  speak(data.language, data.texts);
  start(form, data);
}
