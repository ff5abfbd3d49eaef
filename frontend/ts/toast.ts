// One short message at the foot of the map; screen readers hear it because the box is a status region.
import { t } from "./wording";

export interface Action {
  label: string;
  run: () => void;
}

export class Toast {
  private timer = 0;

  constructor(private readonly box: HTMLElement) {}

  /** Says `text`, with buttons; `seconds` = 0 stays until closed. */
  say(text: string, actions: Action[] = [], seconds = 6): void {
    clearTimeout(this.timer);
    const line = document.createElement("span");
    line.textContent = text;
    this.box.replaceChildren(line, ...actions.map((action) => this.button(action)), this.closer());
    if (seconds > 0) this.timer = window.setTimeout(() => this.clear(), seconds * 1000);
  }

  clear(): void {
    this.box.replaceChildren();
  }

  private button(action: Action): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = action.label;
    button.addEventListener("click", () => {
      this.clear();
      action.run();
    });
    return button;
  }

  private closer(): HTMLButtonElement {
    const button = this.button({ label: "×", run: () => undefined });
    button.className = "toast-close";
    button.setAttribute("aria-label", t("close"));
    return button;
  }
}
