import { proofObstacle } from "../../test/proof/lib/run-proof.ts";
import { extensionPackage } from "../lib/package-extension.ts";
import { nodeTest } from "./node-test.ts";
import type { Stage } from "./stage.ts";

/** The stages that run test files on Node. */
export const unitStage: Stage = {
  name: "unit",
  title: "unit, grammar, server and tidy tests",
  needs: [],
  run: () =>
    nodeTest(["test/**/*.test.ts"], {
      exclude: ["test/vscode/**", "test/postfix/**", "test/proof/**", "test/conformance/neovim/**"],
    }),
};

export const postfixStage: Stage = {
  name: "postfix",
  title: "agreement with the real Postfix",
  needs: ["postfix", "postfix-pcre", "postfix-lmdb", "libsasl2-modules", "pflogsumm", "patch", "python3"],
  run: () => nodeTest(["test/postfix/**/*.test.ts"], { exclude: ["test/postfix/situations/**"] }),
};

/** What the proof run and the situations start or ask. */
const MAIL_SERVERS = [
  "postfix",
  "postfix-pcre",
  "postfix-lmdb",
  "libsasl2-modules",
  "dovecot-core",
  "dovecot-imapd",
  "dovecot-pop3d",
  "openssl",
  "amavisd-new",
  "opendkim",
  "opendmarc",
  "postgrey",
  "postsrsd",
  "postfix-policyd-spf-python",
  "rspamd",
  "python3",
];

export const situationsStage: Stage = {
  name: "situations",
  title: "every line of a real Postfix and Amavis recognised and explained",
  needs: MAIL_SERVERS,
  async run() {
    const obstacle = proofObstacle();
    return obstacle === null
      ? nodeTest(["test/postfix/situations/**/*.test.ts"])
      : { kind: "not run", reason: obstacle };
  },
};

export const proofStage: Stage = {
  name: "proof",
  title: "each fix proved on a real Postfix, Dovecot and Amavis",
  needs: MAIL_SERVERS,
  async run() {
    const obstacle = proofObstacle();
    return obstacle === null ? nodeTest(["test/proof/**/*.test.ts"]) : { kind: "not run", reason: obstacle };
  },
};

export const neovimStage: Stage = {
  name: "neovim",
  title: "the language server in Neovim",
  needs: ["neovim"],
  run: () => nodeTest(["test/conformance/neovim/**/*.test.ts"]),
};

export const personStage: Stage = {
  name: "person",
  title: "as a person would: hover, light bulb, preview (Playwright)",
  needs: ["g++", "make", "python3", "chromium", "postfix"],
  async run() {
    const env = { POSTMASTER_VSIX: (await extensionPackage()).vsix };
    return nodeTest(["test/vscode/person/**/*.test.ts"], { oneByOne: true, env });
  },
};
