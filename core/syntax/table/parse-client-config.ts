import { lately } from "../../memory/remember.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import { documentSpan } from "../lines/joined-text.ts";
import { type Definition, type MainCf, parseMainCf } from "../main-cf/parse-main-cf.ts";

/** An ldap, mysql, pgsql, sqlite or mongodb client file: main.cf syntax, other names. */
export interface ClientConfig extends MainCf {
  /** Where passwords stand: never to be shown or reported. */
  readonly secretSpans: readonly Span[];
}

/** A setting whose value is a secret. `bind_pw` and `password`, with a prefix in old-style definitions in main.cf too. */
export const isSecretSetting: (name: string) => boolean = lately((name) => {
  const folded = lowerAscii(name);
  return ["passw", "bind_pw", "bindpw", "secret"].some((word) => folded.includes(word));
});

/** Secrets inside a value that is a connection URI (`scheme://user:password@host`) or a libpq keyword list. Offsets in the value. */
export function secretRangesIn(text: string): readonly Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf("://"); at !== -1; at = text.indexOf("://", at + 3)) {
    let end = at + 3;
    let sign = -1;
    for (; end < text.length && !" \t\r,".includes(text.charAt(end)); end += 1) if (text[end] === "@") sign = end;
    const colon = text.indexOf(":", at + 3);
    if (sign !== -1 && colon !== -1 && colon < sign) found.push(span(colon + 1, sign));
    if (end > at + 3) at = end - 3;
  }
  const keyword = lowerAscii(text).indexOf("password=");
  if (keyword !== -1) found.push(span(keyword + 9, text.length));
  return found;
}

function secretsInside({ valueText }: Definition): readonly Span[] {
  return secretRangesIn(valueText.text).map(({ start, end }) => documentSpan(valueText, start, end));
}

/** Parse a database client file (mysql_table(5) and its like). */
export function parseClientConfig(text: string): ClientConfig {
  const tree = parseMainCf(text);
  const secretSpans = tree.definitions.flatMap((definition) =>
    isSecretSetting(definition.name)
      ? [span(definition.valueSpan.start, definition.valueSpan.end)]
      : secretsInside(definition),
  );
  return { ...tree, secretSpans };
}
