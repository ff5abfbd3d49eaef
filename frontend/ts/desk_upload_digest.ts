// A file's digest, block by block: a browser hashes only what it holds in memory at once.

/** SHA-256 (hex) over the SHA-256 of each block; "" where the browser cannot hash (pages without https). */
export async function blockDigest(file: Blob, block: number): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return "";
  const parts: Uint8Array[] = [];
  for (let start = 0; start < file.size; start += block) {
    const bytes = await file.slice(start, start + block).arrayBuffer();
    parts.push(new Uint8Array(await subtle.digest("SHA-256", bytes)));
  }
  return hex(new Uint8Array(await subtle.digest("SHA-256", joined(parts))));
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.length * 32);
  parts.forEach((part, place) => whole.set(part, place * 32));
  return whole;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
