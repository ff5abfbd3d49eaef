// Digits, numbers and sentences in the language of the page.

export interface Bilingual {
  fa: string;
  en: string;
}

let language = "fa";
let texts: Record<string, string> = {};

/** Must run before anything is said; called again it adds sentences. */
export function speak(newLanguage: string, newTexts: Record<string, string>): void {
  language = newLanguage;
  texts = { ...texts, ...newTexts };
}

export function isPersian(): boolean {
  return language.startsWith("fa");
}

/** 0-9 in the digits of the page's language. */
export function digits(raw: string | number): string {
  const text = String(raw);
  return isPersian() ? text.replace(/[0-9]/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[Number(d)] ?? d) : text;
}

/** The sentence `key` with `{name}` filled in; numbers in the page's digits, codes isolated left to right. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  let sentence = texts[key] ?? key;
  for (const [name, value] of Object.entries(values)) {
    const written = typeof value === "number" ? digits(value) : `\u2068${value}\u2069`;
    sentence = sentence.replace(`{${name}}`, written);
  }
  return sentence;
}

/** A bilingual text (or a plain one) in the language of the page. */
export function say(text: Bilingual | string | null | undefined): string {
  if (!text) return "";
  if (typeof text === "string") return text;
  return isPersian() ? text.fa : text.en;
}

/** What people wrote, as an element: Leaflet would read a string as HTML. */
export function plain(text: string): HTMLElement {
  const box = document.createElement("span");
  box.textContent = text;
  return box;
}
