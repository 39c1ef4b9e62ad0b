import { duplicateParameter } from "./duplicate-parameter/rule.ts";
import { duplicateService } from "./duplicate-service/rule.ts";
import { extraArgument } from "./extra-argument/rule.ts";
import { fieldCount } from "./field-count/rule.ts";
import { fieldValue } from "./field-value/rule.ts";
import { leadingWhitespace } from "./leading-whitespace/rule.ts";
import { missingEquals } from "./missing-equals/rule.ts";
import { missingParameterName } from "./missing-parameter-name/rule.ts";
import { nullByte } from "./null-byte/rule.ts";
import { optionSyntax } from "./option-syntax/rule.ts";
import type { Rule } from "./rule.ts";
import { twoAddressClasses } from "./two-address-classes/rule.ts";
import { unbalancedBrace } from "./unbalanced-brace/rule.ts";
import { unusedParameter } from "./unused-parameter/rule.ts";

/** Every rule, ordered by id. */
export const rules: readonly Rule[] = [
  duplicateParameter,
  duplicateService,
  extraArgument,
  fieldCount,
  fieldValue,
  leadingWhitespace,
  missingEquals,
  missingParameterName,
  nullByte,
  optionSyntax,
  twoAddressClasses,
  unbalancedBrace,
  unusedParameter,
];
