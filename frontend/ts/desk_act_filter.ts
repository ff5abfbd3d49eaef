// Long lists of choices: only those with the typed words in their name are shown; what is chosen always is.

/** Whether a name holds every word of what was typed. */
export function fits(name: string, typed: string): boolean {
  const folded = name.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

/** Starts every filter of the page. */
export function filters(): void {
  for (const field of document.querySelectorAll<HTMLElement>("[data-filtered]")) {
    const input = field.querySelector<HTMLInputElement>(".filter");
    if (!input) continue;
    input.hidden = false;
    input.addEventListener("input", () => show(field, input.value));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(); // it would send the form
    });
  }
}

function show(field: HTMLElement, typed: string): void {
  for (const choice of field.querySelectorAll<HTMLElement>(".choice")) {
    const chosen = choice.querySelector<HTMLInputElement>("input")?.checked ?? false;
    choice.hidden = !chosen && !fits(choice.textContent ?? "", typed);
  }
}
