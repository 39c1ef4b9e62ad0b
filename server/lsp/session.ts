import type { Settings } from "@postmaster/core/features/settings.ts";
import type { FilePort } from "@postmaster/core/io/file-port.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { PatternMatcher } from "@postmaster/core/model/pattern-matcher.ts";
import type { Connection } from "vscode-languageserver";
import type { ClientAbilities } from "./client-abilities.ts";
import type { Documents } from "./documents.ts";
import type { CompleteSettings } from "./installed-settings.ts";
import type { SettingsStore } from "./settings-store.ts";
import type { Snapshots } from "./snapshots.ts";
import type { ValidationStore } from "./validation-store.ts";

/** What handlers work with: one editor, from `initialize` to the end. */
export interface Session {
  readonly connection: Connection;
  readonly client: ClientAbilities;
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly patternMatcher: PatternMatcher;
  readonly snapshots: Snapshots;
  readonly validation: ValidationStore;
  /** Compiled when first asked for, then kept. */
  engine(): LogEngine;
  readonly completeSettings: CompleteSettings;
  isTrusted(): boolean;
  /** Absolute paths. */
  folders(): readonly string[];
  /** The files that may be read under these settings; see server/lsp/readable-roots.ts. */
  filePort(settings: Settings): FilePort;
  /** The files beside a log. @param log absolute path */
  portBeside(log: string): FilePort;
  /** Has the editor ask for diagnostics again, or sends them. */
  refreshDiagnostics(): void;
}
