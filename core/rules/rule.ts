import type { EntrySeverity } from "../catalogue/entry.ts";
import type { FixOffer } from "../fixes/fix-offer.ts";
import type { SourceFile } from "../io/file-port.ts";
import type { MailServer } from "../model/mail-server.ts";
import type { PatternMatcher } from "../model/pattern-matcher.ts";
import type { PostfixVersion } from "../reference/postfix-version.ts";
import type { Span } from "../text/span.ts";

/** Something in a configuration that a rule names. */
export interface RuleFinding {
  readonly ruleId: string;
  readonly severity: EntrySeverity;
  /** The snapshot the span and the fixes belong to. */
  readonly file: SourceFile;
  /** UTF-16 offsets in `file.text`. */
  readonly span: Span;
  /** Plain text of one line, free of control characters. */
  readonly message: string;
  /**
   * The exact words Postfix prints for it, without program, level, file and line in front, so that they can be searched for; null if
   * Postfix says nothing. Printable ASCII: Postfix too writes `?` for every other byte.
   */
  readonly postfix: string | null;
  /** Ways to mend it, the best first. Applied and checked again, none of them is offered anew. */
  readonly fixes: readonly FixOffer[];
  /**
   * The catalogue entry that explains the same mistake where it shows in a log, and the values it is to be filled with: whoever may ask
   * tables asks `offerFixes` for its fixes. Null if there is none.
   */
  readonly entry: { readonly id: string; readonly values: Readonly<Record<string, string>> } | null;
}

/** What a rule reports; `checkConfiguration` adds the rest. */
export interface RuleProblem {
  readonly file: SourceFile;
  readonly span: Span;
  readonly message: string;
  readonly postfix?: string;
  readonly fixes?: readonly FixOffer[];
  readonly entry?: { readonly id: string; readonly values: Readonly<Record<string, string>> };
}

/** What the rules may know besides the configuration itself. */
export interface RuleContext {
  /** The release the configuration is for. */
  readonly postfixVersion: PostfixVersion;
  /** The table types of this build as `postconf -m` lists them; null: not known. */
  readonly tableTypes: ReadonlySet<string> | null;
}

/**
 * One mistake that a configuration can hold. It lives in a folder of its own, named like its id, next to the page that explains it
 * (rule.md: What, Why, Example, Fix). It says only what is certain: what cannot be decided from the text is no problem.
 */
export interface Rule {
  /** Equal to the folder's name. */
  readonly id: string;
  /** One line, as a list of rules shows it; equal to the title of rule.md. */
  readonly title: string;
  readonly severity: EntrySeverity;
  /** The place in Postfix's manual that settles the matter. */
  readonly manualUrl: string;
  /** In the order of the file. Pure: the same server gives the same problems. Never throws, whatever the files hold. */
  readonly check: (server: MailServer, context: RuleContext) => readonly RuleProblem[];
  /** What only the engine of the pattern tables can tell: a second look, as pure and as quiet as the first. What is unknown is no problem. */
  readonly checkPatterns?: (server: MailServer, matcher: PatternMatcher) => Promise<readonly RuleProblem[]>;
}
