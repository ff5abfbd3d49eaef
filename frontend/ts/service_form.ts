// Questions that hang on another one: shown when they are asked. Without scripts they say in words when they are.

/** What is answered to a question of the form; '' for nothing yet. */
export function answer(form: HTMLFormElement, code: string): string {
  const chosen = form.querySelector<HTMLInputElement>(`input[type=radio][name="${code}"]:checked`);
  if (chosen) return chosen.value;
  const field = form.querySelector<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(`[name="${code}"]:not([type=radio])`);
  return field?.value ?? "";
}

/** Shows and hides what hangs on other answers, now and whenever one changes. Nothing that was written is lost. */
export function followConditions(form: HTMLFormElement): void {
  const hanging = [...form.querySelectorAll<HTMLElement>("[data-when]")];
  const look = (): void => {
    for (const box of hanging) {
      const values = (box.dataset["values"] ?? "").split(" ");
      box.hidden = !values.includes(answer(form, box.dataset["when"] ?? ""));
      const said = box.querySelector<HTMLElement>(".service-when");
      if (said) said.hidden = true;
    }
  };
  form.addEventListener("change", look);
  look();
}
