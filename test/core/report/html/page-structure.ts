/** An element's tag as written. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * The tags of HTML as our pages are written: lower-case, attributes in double quotes. Anything else is an error, so that nothing slips past a test that
 * looks at tags.
 * @throws Error where a `<` begins no such tag, or an element is not closed by its own end tag
 */
export function tagsOf(html: string): readonly Tag[] {
  const tags: Tag[] = [];
  const open: string[] = [];
  const pattern = /<(?:!DOCTYPE html|(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z][\w-]*(?:="[^"<>]*")?)*)(\/?))>/g;
  let at = html.indexOf("<");
  while (at !== -1) {
    pattern.lastIndex = at;
    const found = pattern.exec(html);
    if (found?.index !== at) throw new Error(`no tag of ours: ${html.slice(at, at + 80)}`);
    const [all, isEnd, name, attributes = "", isEmpty] = found;
    if (name !== undefined && isEnd === "/") {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element: ${html.slice(at - 80, at)}`);
    } else if (name !== undefined) {
      tags.push({ name, attributes: attributesOf(attributes) });
      if (isEmpty !== "/" && !VOID.has(name)) open.push(name);
    }
    at = html.indexOf("<", at + all.length);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(", ")}`);
  return tags;
}

const VOID = new Set(["br", "link", "meta"]);

function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/ ([a-zA-Z][\w-]*)(?:="([^"]*)")?/g);
  return new Map([...found].map(([, name, value]) => [name ?? "", value ?? ""]));
}
