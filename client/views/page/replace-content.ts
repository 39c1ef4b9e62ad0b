/**
 * Puts safe HTML into the view. Where a section with the same id stood before, only what changed is replaced, and the focused element (if it has an id), open
 * details and the place scrolled to stay: a report that follows a growing log is read while it changes.
 */
export function replaceContent(view: HTMLElement, html: string): void {
  const next = new DOMParser().parseFromString(html, "text/html").body;
  const focused = document.activeElement?.id ?? "";
  const open = new Set([...view.querySelectorAll("details[open][id]")].map(({ id }) => id));
  for (const details of next.querySelectorAll("details[id]")) details.toggleAttribute("open", open.has(details.id));
  if (!replaceSections(view, next)) view.replaceChildren(...next.childNodes);
  if (focused !== "") document.getElementById(focused)?.focus({ preventScroll: true });
}

/** Section by section, if both have the same ones. @returns false if they have not */
function replaceSections(view: HTMLElement, next: HTMLElement): boolean {
  const before = [...view.querySelectorAll("[data-part]")];
  const after = [...next.querySelectorAll("[data-part]")];
  if (before.length === 0 || names(before) !== names(after)) return false;
  before.forEach((old, index) => {
    const fresh = after[index];
    // What charts drew is not in the text that came: what came is compared.
    if (fresh !== undefined && sourceOf(old) !== sourceOf(fresh)) old.replaceWith(fresh);
  });
  return true;
}

const sources = new WeakMap<Element, string>();

function sourceOf(part: Element): string {
  const known = sources.get(part) ?? part.innerHTML;
  sources.set(part, known);
  return known;
}

function names(parts: readonly Element[]): string {
  return parts.map((part) => part.getAttribute("data-part")).join(" ");
}
