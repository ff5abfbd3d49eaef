// One call for one thing that is kept. The form token is the one of the page that is open now, not of the day it was written.
import type { Answer } from "./inspection_sync";
import type { Kept } from "./inspection_store";
import { say, t, type Bilingual } from "./wording";

const PATIENCE_MS = 90_000;
const TOO_MANY = 429;
const SIGNED_OUT = [401, 403];

interface Body {
  url?: string;
  sha256?: string;
  error?: { message?: Bilingual };
}

/** Sends it as a form of the page would, and asks for JSON. */
export async function sendOne(one: Kept, photos: string[], token: string): Promise<Answer> {
  const form = new FormData();
  form.set("csrfmiddlewaretoken", token);
  for (const [name, value] of one.fields) form.append(name, value);
  for (const sha of photos) form.append("photo_sha", sha);
  if (one.blob) form.set("file", one.blob, one.name ?? "photo.jpg");
  let response: Response;
  try {
    response = await fetch(one.url, {
      method: "POST",
      body: form,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return { kind: "away" };
  }
  return answerOf(response);
}

/** What an answer means. A redirect leads to the sign-in page, and what the server itself could not do is tried again. */
export async function answerOf(response: Response): Promise<Answer> {
  if (response.type === "opaqueredirect" || SIGNED_OUT.includes(response.status)) return { kind: "signed_out" };
  if (response.status >= 500 || response.status === TOO_MANY) return { kind: "away" };
  let body: Body;
  try {
    body = (await response.json()) as Body;
  } catch {
    return { kind: "away" };
  }
  if (response.status === 201) return { kind: "sent", sha: body.sha256 ?? "", url: body.url ?? "" };
  return { kind: "refused", why: say(body.error?.message) || t("failed") };
}
