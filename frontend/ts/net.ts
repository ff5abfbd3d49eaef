// Calls to our own server: every call ends, in an answer or in a Trouble that says what to do.
import { say, t, type Bilingual } from "./wording";

const PATIENCE_MS = 12_000;

/** A failed call: the server's own sentence when it sent one. */
export class Trouble extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly code: string = "",
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

interface ErrorBody {
  error?: { code?: string; message?: Bilingual; details?: Record<string, unknown> };
}

async function call(url: string, accept: string, cancel?: AbortSignal): Promise<Response> {
  const late = AbortSignal.timeout(PATIENCE_MS);
  const signal = cancel ? AbortSignal.any([cancel, late]) : late;
  let response: Response;
  try {
    response = await fetch(url, { signal, headers: { Accept: accept }, credentials: "same-origin" });
  } catch (cause) {
    if (cancel?.aborted) throw cause;
    throw new Trouble(t(late.aborted ? "slow" : "failed"), 0);
  }
  if (!response.ok) throw await trouble(response);
  return response;
}

async function trouble(response: Response): Promise<Trouble> {
  try {
    const body = (await response.json()) as ErrorBody;
    const error = body.error ?? {};
    return new Trouble(say(error.message) || t("failed"), response.status, error.code, error.details);
  } catch {
    return new Trouble(t("failed"), response.status);
  }
}

/** JSON of `url`; throws Trouble, or the AbortError of `cancel`. */
export async function getJson<T>(url: string, cancel?: AbortSignal): Promise<T> {
  const response = await call(url, "application/json", cancel);
  return (await response.json()) as T;
}

/** HTML part of a page. */
export async function getPart(url: string, cancel?: AbortSignal): Promise<string> {
  const response = await call(url, "application/json;q=0.1, */*", cancel);
  return response.text();
}

/** `url` with the given parameters; empty ones are left out. */
export function withParameters(url: string, values: Record<string, string | number | null | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const query = parameters.toString();
  return query ? `${url}?${query}` : url;
}

/** Whether this error is only a cancelled call. */
export function isCancelled(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
