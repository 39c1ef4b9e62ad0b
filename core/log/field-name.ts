/** Whether a text is the name of a field, of a template as of a place in prose: lower-case letters, digits and `_`, a letter first. */
export function isFieldName(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? "";
    const letter = character >= "a" && character <= "z";
    if (!letter && (index === 0 || !((character >= "0" && character <= "9") || character === "_"))) return false;
  }
  return text !== "";
}
