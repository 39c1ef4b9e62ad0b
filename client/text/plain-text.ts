/** Longer messages are cut: a notification is no place for a stranger's novel. UTF-16 code units. */
const LONGEST = 600;

/**
 * Text for notifications, prompts, pick lists and the status item. All of them read `[label](command:…)` as a link and `$(name)` as an icon,
 * and titles quote what strangers wrote into the log: after this they show as what they are.
 */
export function plainText(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  let plain = "";
  for (const character of cut) plain += isInvisible(character) ? " " : character;
  return plain.replaceAll("](", "] (").replaceAll("$(", "$ (");
}

/** Control, bidirectional and zero-width characters: they change how the text around them reads. */
function isInvisible(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    isControl(code) ||
    code === 0x061c ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff
  );
}

/** C0 and C1 controls and DEL: what a terminal obeys instead of showing it. */
export function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}
