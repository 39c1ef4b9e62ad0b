// Made from the folders beside it: `npm run generate`.
import { adjustedLimit } from "./adjusted-limit/rule.ts";
import { aliasEntry } from "./alias-entry/rule.ts";
import { aliasList } from "./alias-list/rule.ts";
import { badBoolean } from "./bad-boolean/rule.ts";
import { badMacro } from "./bad-macro/rule.ts";
import { badNumber } from "./bad-number/rule.ts";
import { badPattern } from "./bad-pattern/rule.ts";
import { badReplacement } from "./bad-replacement/rule.ts";
import { badTime } from "./bad-time/rule.ts";
import { badWord } from "./bad-word/rule.ts";
import { byteOrderMark } from "./byte-order-mark/rule.ts";
import { cidrAddress } from "./cidr-address/rule.ts";
import { circularList } from "./circular-list/rule.ts";
import { commentInList } from "./comment-in-list/rule.ts";
import { deprecatedParameter } from "./deprecated-parameter/rule.ts";
import { deprecatedRestriction } from "./deprecated-restriction/rule.ts";
import { dnsblWithoutCode } from "./dnsbl-without-code/rule.ts";
import { duplicateKey } from "./duplicate-key/rule.ts";
import { duplicateParameter } from "./duplicate-parameter/rule.ts";
import { duplicateService } from "./duplicate-service/rule.ts";
import { emptyRestrictions } from "./empty-restrictions/rule.ts";
import { emptyValue } from "./empty-value/rule.ts";
import { extraArgument } from "./extra-argument/rule.ts";
import { fieldCount } from "./field-count/rule.ts";
import { fieldValue } from "./field-value/rule.ts";
import { folderAsTable } from "./folder-as-table/rule.ts";
import { forbiddenSubstitution } from "./forbidden-substitution/rule.ts";
import { ifWithoutEndif } from "./if-without-endif/rule.ts";
import { inlineComment } from "./inline-comment/rule.ts";
import { inlineTable } from "./inline-table/rule.ts";
import { leadingWhitespace } from "./leading-whitespace/rule.ts";
import { loginOnServerPort } from "./login-on-server-port/rule.ts";
import { loginSocket } from "./login-socket/rule.ts";
import { mailboxLimit } from "./mailbox-limit/rule.ts";
import { milterAddress } from "./milter-address/rule.ts";
import { missingDatabase } from "./missing-database/rule.ts";
import { missingEquals } from "./missing-equals/rule.ts";
import { missingFinalNewline } from "./missing-final-newline/rule.ts";
import { missingParameterName } from "./missing-parameter-name/rule.ts";
import { missingRestrictionArgument } from "./missing-restriction-argument/rule.ts";
import { missingResult } from "./missing-result/rule.ts";
import { missingService } from "./missing-service/rule.ts";
import { missingTableType } from "./missing-table-type/rule.ts";
import { networkHostBits } from "./network-host-bits/rule.ts";
import { noPlainLogin } from "./no-plain-login/rule.ts";
import { noRelayProtection } from "./no-relay-protection/rule.ts";
import { nullByte } from "./null-byte/rule.ts";
import { obsoleteTls } from "./obsolete-tls/rule.ts";
import { openRelay } from "./open-relay/rule.ts";
import { optionSyntax } from "./option-syntax/rule.ts";
import { outOfBounds } from "./out-of-bounds/rule.ts";
import { passwordWithoutTls } from "./password-without-tls/rule.ts";
import { patternSyntax } from "./pattern-syntax/rule.ts";
import { readOnlyParameter } from "./read-only-parameter/rule.ts";
import { readableSecret } from "./readable-secret/rule.ts";
import { relayLoop } from "./relay-loop/rule.ts";
import { relayhostWithoutBrackets } from "./relayhost-without-brackets/rule.ts";
import { removedParameter } from "./removed-parameter/rule.ts";
import { removedRestriction } from "./removed-restriction/rule.ts";
import type { Rule } from "./rule.ts";
import { saslPasswordKey } from "./sasl-password-key/rule.ts";
import { slowPattern } from "./slow-pattern/rule.ts";
import { staleDatabase } from "./stale-database/rule.ts";
import { swallowedParameter } from "./swallowed-parameter/rule.ts";
import { tableEntry } from "./table-entry/rule.ts";
import { textInUtf16 } from "./text-in-utf16/rule.ts";
import { twoAddressClasses } from "./two-address-classes/rule.ts";
import { unanchoredPattern } from "./unanchored-pattern/rule.ts";
import { unbalancedBrace } from "./unbalanced-brace/rule.ts";
import { undefinedParameter } from "./undefined-parameter/rule.ts";
import { undefinedRestrictionClass } from "./undefined-restriction-class/rule.ts";
import { unknownAction } from "./unknown-action/rule.ts";
import { unknownRestriction } from "./unknown-restriction/rule.ts";
import { unknownTableType } from "./unknown-table-type/rule.ts";
import { unknownTransport } from "./unknown-transport/rule.ts";
import { unreachableRestriction } from "./unreachable-restriction/rule.ts";
import { unreadFile } from "./unread-file/rule.ts";
import { unreadableTable } from "./unreadable-table/rule.ts";
import { unusedParameter } from "./unused-parameter/rule.ts";
import { wideMynetworks } from "./wide-mynetworks/rule.ts";
import { withoutEffect } from "./without-effect/rule.ts";
import { wrapperMode } from "./wrapper-mode/rule.ts";
import { wrongSide } from "./wrong-side/rule.ts";

/** Every rule, ordered by id. */
export const rules: readonly Rule[] = [
  adjustedLimit,
  aliasEntry,
  aliasList,
  badBoolean,
  badMacro,
  badNumber,
  badPattern,
  badReplacement,
  badTime,
  badWord,
  byteOrderMark,
  cidrAddress,
  circularList,
  commentInList,
  deprecatedParameter,
  deprecatedRestriction,
  dnsblWithoutCode,
  duplicateKey,
  duplicateParameter,
  duplicateService,
  emptyRestrictions,
  emptyValue,
  extraArgument,
  fieldCount,
  fieldValue,
  folderAsTable,
  forbiddenSubstitution,
  ifWithoutEndif,
  inlineComment,
  inlineTable,
  leadingWhitespace,
  loginOnServerPort,
  loginSocket,
  mailboxLimit,
  milterAddress,
  missingDatabase,
  missingEquals,
  missingFinalNewline,
  missingParameterName,
  missingRestrictionArgument,
  missingResult,
  missingService,
  missingTableType,
  networkHostBits,
  noPlainLogin,
  noRelayProtection,
  nullByte,
  obsoleteTls,
  openRelay,
  optionSyntax,
  outOfBounds,
  passwordWithoutTls,
  patternSyntax,
  readOnlyParameter,
  readableSecret,
  relayLoop,
  relayhostWithoutBrackets,
  removedParameter,
  removedRestriction,
  saslPasswordKey,
  slowPattern,
  staleDatabase,
  swallowedParameter,
  tableEntry,
  textInUtf16,
  twoAddressClasses,
  unanchoredPattern,
  unbalancedBrace,
  undefinedParameter,
  undefinedRestrictionClass,
  unknownAction,
  unknownRestriction,
  unknownTableType,
  unknownTransport,
  unreachableRestriction,
  unreadFile,
  unreadableTable,
  unusedParameter,
  wideMynetworks,
  withoutEffect,
  wrapperMode,
  wrongSide,
];
