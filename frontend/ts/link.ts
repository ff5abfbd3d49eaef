// The address bar always holds a permanent link to what is on the screen.

export interface View {
  lat: number;
  lon: number;
  z: number;
  parcel: string | null;
  on: string | null;
  known_at: string | null;
  kind: string | null;
}

const DEGREE_DIGITS = 5; // about a metre

/** The query string of a view; what is null is left out. */
export function viewQuery(view: View): string {
  const parameters = new URLSearchParams();
  parameters.set("lat", view.lat.toFixed(DEGREE_DIGITS));
  parameters.set("lon", view.lon.toFixed(DEGREE_DIGITS));
  parameters.set("z", String(view.z));
  if (view.parcel) parameters.set("parcel", view.parcel);
  if (view.on) parameters.set("on", view.on);
  if (view.known_at) parameters.set("known_at", view.known_at);
  if (view.kind) parameters.set("kind", view.kind);
  return `?${parameters.toString()}`;
}

/** What comes back after signing in: a parcel is found by its code, so the place on the map need not travel. */
function returnQuery(view: View): string {
  if (!view.parcel) return viewQuery(view);
  const parameters = new URLSearchParams(viewQuery(view));
  for (const name of ["lat", "lon", "z"]) parameters.delete(name);
  return `?${parameters.toString()}`;
}

/** Forms of the page that lead back to the map carry the view; what the view does not name they leave out. */
function keepInForms(view: URLSearchParams): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-view]")) {
    const value = view.get(input.dataset["view"] ?? "");
    input.disabled = value === null;
    input.value = value ?? "";
  }
}

/** Writes the view into the address bar and into what keeps it (other language, sign in, forms). */
export function writeLink(view: View): void {
  const query = viewQuery(view);
  history.replaceState(null, "", `${location.pathname}${query}`);
  keepInForms(new URLSearchParams(query));
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[hreflang]:not([href*='/api/'])")) {
    link.href = `${new URL(link.href).pathname}${query}`;
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href*='light=']")) {
    const light = new URL(link.href).searchParams.get("light") ?? "1";
    link.href = `${location.pathname}${query}&light=${light}`;
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href*='next=']")) {
    const url = new URL(link.href);
    url.searchParams.set("next", `${location.pathname}${returnQuery(view)}`);
    link.href = url.pathname + url.search;
  }
}
