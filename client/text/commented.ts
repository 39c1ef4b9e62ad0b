/** Every way a text may break into lines; a part after any of them must not escape the comment sign. */
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** A text as comment lines (`# …`) of main.cf, a table, dovecot.conf or settings.py: they all share the sign. */
export function commented(text: string): string {
  return text
    .split(LINE_BREAK)
    .map((line) => `# ${line}`.trimEnd())
    .join("\n");
}
