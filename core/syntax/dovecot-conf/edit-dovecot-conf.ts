import { isAlnumCode } from "../../text/ascii.ts";
import { type EditResult, edited, refused } from "../../text/edit-result.ts";
import { span } from "../../text/span.ts";
import { lineBreakOf } from "../../text/writable-text.ts";
import { type DovecotConf, effectiveSetting } from "./parse-dovecot-conf.ts";

/** Only what Dovecot reads as it stands: no quotes, `#`, `$` (another setting), `<` (a file) or backslash. */
function isPlainValue(value: string): boolean {
  for (let at = 0; at < value.length; at += 1) {
    if (!isAlnumCode(value.charCodeAt(at)) && !" _-./:,@=*".includes(value.charAt(at))) return false;
  }
  return value !== "" && value.trim() === value;
}

function isSettingName(name: string): boolean {
  for (let at = 0; at < name.length; at += 1) {
    if (!isAlnumCode(name.charCodeAt(at)) && name.charCodeAt(at) !== 95) return false;
  }
  return name !== "";
}

/**
 * Set a top-level setting: in place where this file has it, else as a new line at the end (below its includes, so that it counts).
 * A file whose sections do not pair up is refused. Another file included later may still set it otherwise.
 */
export function setSetting(tree: DovecotConf, name: string, value: string): EditResult {
  if (!isSettingName(name) || !isPlainValue(value)) return refused("unsafe-text");
  const broken = tree.problems.find((problem) => problem.kind !== "not-understood");
  if (broken !== undefined) return refused("not-understood", broken.span);
  const setting = effectiveSetting(tree, name);
  if (setting !== null) {
    if (setting.value === value) return edited();
    const empty = setting.valueSpan.start === setting.valueSpan.end;
    return edited({ span: setting.valueSpan, newText: empty ? ` ${value}` : value });
  }
  const { text } = tree;
  const eol = lineBreakOf(text);
  const content = text.trimEnd();
  if (
    content.endsWith("\\") &&
    !content
      .slice(content.lastIndexOf("\n") + 1)
      .trimStart()
      .startsWith("#")
  )
    return refused("not-understood");
  const lead = text === "" || text.endsWith("\n") ? "" : eol;
  return edited({ span: span(text.length, text.length), newText: `${lead}${name} = ${value}${eol}` });
}
