// The two clocks of the map: the day whose rules are shown, and by when they had to be recorded.

/** Which law is asked about; null = today's, and all that is recorded now. */
export interface Clocks {
  on: string | null;
  known_at: string | null;
}

export const NOW: Clocks = { on: null, known_at: null };

export interface Banner {
  box: HTMLElement;
  words: HTMLElement;
  now: HTMLAnchorElement;
  map: HTMLElement;
}

/** Says which day and which knowledge the map shows whenever either is not now. `day`: the day in words. */
export function showClocks(banner: Banner, clocks: Clocks, today: string, day: (iso: string) => string): void {
  const { box, words, now, map } = banner;
  const parts: string[] = [];
  if (clocks.on && clocks.on !== today) parts.push((box.dataset["day"] ?? "{day}").replace("{day}", day(clocks.on)));
  if (clocks.known_at) parts.push(box.dataset["known"] ?? clocks.known_at);
  box.hidden = parts.length === 0;
  map.classList.toggle("is-other-time", parts.length > 0);
  words.textContent = parts.join(" · ");
  map.style.setProperty("--banner", `${box.offsetHeight}px`); // what stands below it makes room
  const here = new URL(location.href);
  here.searchParams.delete("on");
  here.searchParams.delete("known_at");
  now.href = here.pathname + here.search;
}
