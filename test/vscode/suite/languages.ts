import { languageBecomes, open } from "./editor.ts";
import { test } from "./test.ts";

/** Files of samples/ and the language each is recognised as: by its name, its folder or, where both say nothing, its first lines. */
const LANGUAGES = [
  ["mail.log", "postfix-log"],
  ["logs/after-upgrade.txt", "postfix-log"],
  ["postfix/main.cf", "postfix-main-cf"],
  ["postfix/master.cf", "postfix-master-cf"],
  ["postfix/virtual", "postfix-table"],
  ["postfix/helo_access.pcre", "postfix-regexp-table"],
  ["postfix/mysql/sender_bcc_maps.cf", "postfix-table-config"],
] as const;

for (const [file, language] of LANGUAGES) {
  test(`${file} is ${language}`, async () => {
    await languageBecomes(await open(file), language);
  });
}
