/** What people wrote, as an element: Leaflet would read a string as HTML. */
export function plain(text: string): HTMLElement {
  const box = document.createElement("span");
  box.textContent = text;
  return box;
}
