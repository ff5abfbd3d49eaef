// What an upload says of itself, and which refusals are worth another try.
import { say, type Bilingual } from "./wording";

export interface Body {
  error?: { message?: Bilingual };
}

/** Whole megabytes with one decimal, as a number for `t`. */
export function megabytes(bytes: number): number {
  return Math.round((bytes / 1024 / 1024) * 10) / 10;
}

/** Broken lines (0), conflicts about the offset, busy and failing servers pass; what is refused for good does not. */
export function retryable(status: number): boolean {
  return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
}

/** The server's own sentence, "" when it sent none. */
export function sentence(body: Body | null): string {
  return say(body?.error?.message);
}
