// Sharing an answer: the device's own menu, or the link to copy. Listens once for the whole page, parts come and go.
import { t } from "./wording";

/** Makes the share buttons of the page work; what this browser cannot do stays hidden. */
export function sharing(page: Document = document): void {
  const root = page.documentElement;
  root.classList.add("can-copy");
  if ("share" in navigator) root.classList.add("can-share");
  page.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest<HTMLElement>("[data-copy], [data-share]");
    const box = button?.closest<HTMLElement>(".share-box");
    if (!button || !box) return;
    if (button.hasAttribute("data-copy")) void copy(box);
    else void share(box);
  });
}

async function copy(box: HTMLElement): Promise<void> {
  const field = box.querySelector<HTMLInputElement>("input");
  if (!field) return;
  try {
    await navigator.clipboard.writeText(field.value);
    tell(box, t("copied"));
  } catch {
    // No right to the clipboard: the link is selected, so that one key copies it.
    field.focus();
    field.select();
    tell(box, t("copy_by_hand"));
  }
}

async function share(box: HTMLElement): Promise<void> {
  const url = box.querySelector<HTMLInputElement>("input")?.value ?? location.href;
  try {
    await navigator.share({ title: document.title, url });
  } catch {
    // Closed without a choice: nothing happened, nothing to say.
  }
}

function tell(box: HTMLElement, text: string): void {
  const said = box.querySelector("[role=status]");
  if (said) said.textContent = text;
}
