// The folded history of a parcel: asked of the server when it is opened, and again when that failed.
import { getPart, Trouble } from "./net";
import { t } from "./wording";

/** Loads every fold with `data-history` once it is opened, also those that come into the page later. */
export function startHistories(root: Document | HTMLElement = document): void {
  root.addEventListener("toggle", (event) => void opened(event.target as HTMLElement), { capture: true });
}

async function opened(fold: HTMLElement): Promise<void> {
  const url = fold.dataset?.["history"];
  const body = fold.querySelector<HTMLElement>("[data-history-body]");
  if (!url || !body || !(fold as HTMLDetailsElement).open || fold.dataset["state"]) return;
  fold.dataset["state"] = "asked";
  const before = body.innerHTML;
  body.textContent = t("loading");
  try {
    body.innerHTML = await getPart(url);
  } catch (error) {
    delete fold.dataset["state"]; // opening it again asks again; the way to the page stays
    body.innerHTML = before;
    const said = document.createElement("p");
    said.setAttribute("role", "alert");
    said.textContent = error instanceof Trouble ? error.message : t("failed");
    body.prepend(said);
  }
}
