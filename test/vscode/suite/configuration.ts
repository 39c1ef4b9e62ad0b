import { actionTitled, apply, diagnosticGone, diagnosticOn, languageBecomes, onDisk, open, restore } from "./editor.ts";
import { test } from "./test.ts";

test("a mistake in main.cf is a problem there too, and gone once its fix is applied", async () => {
  const before = await onDisk("postfix/main.cf");
  const document = await open("postfix/main.cf");
  await languageBecomes(document, "postfix-main-cf");
  try {
    const { range } = await diagnosticOn(document, "two-address-classes", "mydestination = ");
    await apply(await actionTitled(document, range, "Take old.example.com out of mydestination"));
    await diagnosticGone(document, "old.example.com");
  } finally {
    await restore(before, "postfix/main.cf");
  }
});
