const SITE = "https://www.postfix.org";

/** The place in postconf(5) that describes a parameter or a restriction. `name` is one of ours, never a word from a file. */
export function postconfUrl(name: string): string {
  return `${SITE}/postconf.5.html#${name}`;
}

/** The page of a manual such as `smtpd.8` or `access.5`. */
export function manualPageUrl(page: string): string {
  return `${SITE}/${page}.html`;
}
