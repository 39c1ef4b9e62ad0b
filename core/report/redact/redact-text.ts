import { parseIpAddress } from "../../text/ip-address.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** How much of a text may stay: `words` of the vocabulary, or `nothing` that is a word at all. */
export type Spare = "words" | "nothing";

/** Hosts that explain errors to everybody. Their paths may stay, what follows a `?` may not. */
const PUBLIC_HOSTS =
  /^(?:support\.google\.com|aka\.ms|go\.microsoft\.com|learn\.microsoft\.com|(?:www|check)\.spamhaus\.org|postmaster\.[a-z0-9-]+\.[a-z]+|www\.postfix\.org|www\.openspf\.(?:net|org)|wiki\d?\.dovecot\.org|www\.rsyslog\.com|docs\.clamav\.net)$/;

/** What ends a name of words that is a file, not a host. */
const FILE_ENDINGS = new Set(
  "cf conf ctl sock db lmdb cdb pem key crt log pid lock c h so py pl pm sh ext map cvd cld gz".split(" "),
);

/** The column that some syslog daemons write: `mail.info`. */
const FACILITY =
  /^(?:auth|authpriv|cron|daemon|kern|mail|news|syslog|user|local[0-7])\.(?:emerg|alert|crit|err|error|warn|warning|notice|info|debug)$/;

/**
 * The pieces of a text, the more telling ones first. No alternative overlaps another one's repetition, and what may be tried in vain from each place on is
 * bounded, by more than an address or a label may be long: linear.
 */
const PIECE =
  /(?<url>https?:\/\/[^\s<>"')\]]+)|(?<address>[^\s<>()[\]:;,"'=@\\/]{1,320}@[^\s<>()[\]:;,"'=@\\/?]+)|(?<colons>(?<![\p{L}\p{N}])[0-9A-Fa-f]*(?::[0-9A-Fa-f]*){2,8}(?:\.\d{1,3}){0,3}(?![\p{L}\p{N}]))|(?<path>\/[^\s/:;,"'()<>[\]{}=@]+)|(?<dotted>[\p{L}\p{N}_-]{1,255}(?:\.[\p{L}\p{N}_-]+)+)|(?<word>[\p{L}\p{N}_]+(?:[-'][\p{L}\p{N}_]+)*)/gu;

/** A text with everything private replaced. Same structure, same punctuation. */
export function redactText(text: string, spare: Spare, names: Pseudonyms, vocabulary: Vocabulary): string {
  const keep = (piece: string): boolean => spare === "words" && vocabulary(piece);

  function word(piece: string): string {
    if (/^\d+$/.test(piece)) return piece.length < 7 ? piece : names.digits(piece);
    if (keep(piece)) return piece;
    if (piece.includes("-") || piece.includes("'")) {
      const parts = piece.split(/([-'])/);
      if (parts.every((part) => part === "-" || part === "'" || /^\d{1,6}$/.test(part) || keep(part))) return piece;
    }
    // `5s`, `12ms`, `100M`, `0x1f`: quantities.
    if (/^\d+[A-Za-z]{1,2}$/.test(piece) || /^0x[0-9a-f]+$/i.test(piece)) return piece;
    return names.word(piece);
  }

  function dotted(piece: string): string {
    const labels = piece.split(".");
    if (labels.length === 4 && labels.every((label) => /^\d{1,3}$/.test(label))) return names.ipv4(piece);
    if (labels.every((label) => /^\d+$/.test(label))) return piece;
    if (FACILITY.test(piece)) return piece;
    const isFile =
      FILE_ENDINGS.has(labels.at(-1) ?? "") && labels.every((label) => /^\d{1,6}$/.test(label) || keep(label));
    return keep(piece) || isFile ? piece : names.host(piece);
  }

  function url(piece: string): string {
    const [, scheme = "", host = "", rest = ""] = /^(https?:\/\/)([^/?#:]*)(.*)$/s.exec(piece) ?? [];
    const isPublic = PUBLIC_HOSTS.test(host.toLowerCase());
    const [path = "", query] = rest.split("?", 2);
    const shownPath = isPublic ? path : redactText(path, "nothing", names, vocabulary);
    return `${scheme}${isPublic ? host : names.host(host)}${shownPath}${query === undefined ? "" : "?x"}`;
  }

  return text.replace(PIECE, (piece, ...rest) => {
    const groups: unknown = rest.at(-1);
    switch (kindOf(groups)) {
      case "url":
        return url(piece);
      case "address":
        return names.address(piece);
      case "colons":
        return colons(piece, names, (part) => redactText(part, spare, names, vocabulary));
      case "path":
        return `/${redactText(piece.slice(1), spare, names, vocabulary)}`;
      case "dotted":
        return dotted(piece);
      default:
        return word(piece);
    }
  });
}

function kindOf(groups: unknown): string {
  if (typeof groups !== "object" || groups === null) return "word";
  return Object.entries(groups).find(([, value]) => value !== undefined)?.[0] ?? "word";
}

/** An IPv6 address, perhaps with the colon of the sentence behind it; or a clock, or words with colons between. */
function colons(piece: string, names: Pseudonyms, redact: (part: string) => string): string {
  for (const [address, after] of [
    [piece, ""],
    [piece.slice(0, -1), piece.slice(-1)],
  ] as const) {
    if (parseIpAddress(address) !== null) return names.ipv6(address) + after;
  }
  return piece
    .split(":")
    .map((part) => redact(part))
    .join(":");
}
