import assert from "node:assert/strict";
import { test } from "node:test";
import {
  insertOverrideElement,
  removeOverride,
  removeOverrideElements,
  replaceOverrideElement,
  setOverride,
} from "@postmaster/core/syntax/master-cf/edit-master-cf.ts";
import { effectiveOverride, type Override, parseMasterCf } from "@postmaster/core/syntax/master-cf/parse-master-cf.ts";
import type { EditResult } from "@postmaster/core/text/edit-result.ts";
import { apply, at, reasonOf } from "./edits.ts";

const SUBMISSION = `submission inet n       -       y       -       -       smtpd
  -o syslog_name=postfix/submission
  # only with TLS
  -osmtpd_tls_security_level=encrypt -v
  -o { smtpd_recipient_restrictions = permit_sasl_authenticated,
       reject }
`;

function overridesOf(text: string): readonly Override[] {
  return at(parseMasterCf(text).services, 0).overrides;
}

test("fields, arguments and the three ways to write an override", () => {
  const service = at(parseMasterCf(SUBMISSION).services, 0);
  assert.deepEqual(
    service.fields.map(({ field, text }) => `${field}=${text}`),
    [
      "service=submission",
      "type=inet",
      "private=n",
      "unprivileged=-",
      "chroot=y",
      "wakeup=-",
      "maxproc=-",
      "command=smtpd",
    ],
  );
  assert.deepEqual(
    service.overrides.map(({ form, name, value }) => [form, name, value]),
    [
      ["separate", "syslog_name", "postfix/submission"],
      ["joined", "smtpd_tls_security_level", "encrypt"],
      ["braced", "smtpd_recipient_restrictions", "permit_sasl_authenticated,       reject"],
    ],
  );
  const { nameSpan, valueSpan, span } = at(service.overrides, 1);
  assert.equal(SUBMISSION.slice(nameSpan.start, nameSpan.end), "smtpd_tls_security_level");
  assert.equal(SUBMISSION.slice(valueSpan.start, valueSpan.end), "encrypt");
  assert.equal(SUBMISSION.slice(span.start, span.end), "-osmtpd_tls_security_level=encrypt");
});

test("a daemon's path counts by its last part, the last override of a name counts", () => {
  const service = at(parseMasterCf("x unix - n n - - /usr/lib/smtpd -o a=1 -o a=2\n").services, 0);
  assert.equal(service.command, "smtpd");
  assert.equal(effectiveOverride(service, "a")?.value, "2");
});

function kinds(text: string): readonly string[] {
  return parseMasterCf(text).problems.map(({ kind }) => kind);
}

test("blanks lost or gained in an override are mistakes", () => {
  const entry = "x inet n - n - - smtpd";
  assert.deepEqual(kinds(`${entry} -o smtpd_banner = hello\n`), ["override-without-equals", "stray-argument"]);
  assert.deepEqual(kinds(`${entry} -o list=permit_mynetworks, reject\n`), ["stray-argument"]);
  assert.deepEqual(kinds(`${entry} -o smtpd_banner\n`), ["override-without-equals"]);
  assert.deepEqual(kinds(`${entry} -o =x\n`), ["override-without-name"]);
  assert.deepEqual(kinds(`${entry} -o\n`), ["override-without-value"]);
  assert.deepEqual(kinds(`${entry} # comment\n`), ["comment-argument"]);
  assert.deepEqual(kinds(`${entry} -o { a = b\n`), ["brace"]);
  assert.deepEqual(kinds(`${entry} -o {a=b}c\n`), ["brace"]);
  assert.deepEqual(kinds(`${entry} -v -o a=b -s 5 -o { c = d e }\n`), []);
});

test("pipe and spawn go on with attributes", () => {
  assert.deepEqual(kinds("x unix - n n - - pipe -o a=b flags=R user=v argv=/bin/x -o no=override\n"), []);
  const service = at(parseMasterCf("x unix - n n - - pipe -o a=b flags=R argv=/bin/x -o no=override\n").services, 0);
  assert.deepEqual(
    service.overrides.map(({ name }) => name),
    ["a"],
  );
  assert.equal(service.optionCount, 2);
});

test("bad fields, missing fields, entries twice", () => {
  assert.deepEqual(kinds("foo unix - - n -\n"), ["too-few-fields"]);
  assert.deepEqual(kinds("foo tcp yes - N 1h many smtp\n"), [
    "bad-field",
    "bad-field",
    "bad-field",
    "bad-field",
    "bad-field",
  ]);
  assert.deepEqual(kinds("foo unix - - n 60? 0 smtp\n"), []);
  assert.deepEqual(kinds("a unix - - n - - smtp\na inet n - n - - smtpd\na unix - - n - - smtp\n"), [
    "duplicate-service",
  ]);
  assert.deepEqual(kinds("  a unix - - n - - smtp\n"), ["leading-whitespace"]);
});

function set(text: string, name: string, value: string): EditResult {
  const tree = parseMasterCf(text);
  return setOverride(tree, at(tree.services, 0), name, value);
}

test("a new override gets a line of its own, in braces if its value has blanks", () => {
  const entry = "x inet n - n - - smtpd\n";
  assert.equal(apply(entry, set(entry, "a", "1")), "x inet n - n - - smtpd\n  -o a=1\n");
  const tabs = "x inet n - n - - smtpd\r\n\t-o a=1\r\n";
  assert.equal(apply(tabs, set(tabs, "b", "2, 3")), "x inet n - n - - smtpd\r\n\t-o a=1\r\n\t-o { b = 2, 3 }\r\n");
  const pipe = "x unix - n n - - pipe\n  flags=R argv=/x\n";
  assert.equal(apply(pipe, set(pipe, "a", "1")), "x unix - n n - - pipe\n  -o a=1\n  flags=R argv=/x\n");
});

test("an override that is there is changed in place", () => {
  const changed = apply(SUBMISSION, set(SUBMISSION, "smtpd_tls_security_level", "may"));
  assert.equal(changed, SUBMISSION.replace("=encrypt", "=may"));
  const spaced = apply(SUBMISSION, set(SUBMISSION, "syslog_name", "a b"));
  assert.equal(spaced, SUBMISSION.replace("syslog_name=postfix/submission", "{ syslog_name = a b }"));
  const shorter = apply(SUBMISSION, set(SUBMISSION, "smtpd_recipient_restrictions", "reject"));
  assert.deepEqual(
    overridesOf(shorter).map(({ value }) => value),
    ["postfix/submission", "encrypt", "reject"],
  );
});

test("a value that would leave its argument is refused", () => {
  for (const value of ["a\n  -o b=c", "a } -o b=c {", "{ a", "\0"])
    assert.equal(reasonOf(set(SUBMISSION, "x", value)), "unsafe-text");
  assert.equal(reasonOf(set(SUBMISSION, "x y", "1")), "unsafe-text");
  assert.equal(reasonOf(set("x inet n - n - - smtpd -o\n", "a", "1")), "not-understood");
});

test("removing an override takes its line, or its words from a shared line", () => {
  const remove = (text: string, name: string): string => {
    const tree = parseMasterCf(text);
    return apply(text, removeOverride(tree, at(tree.services, 0), name));
  };
  assert.equal(remove(SUBMISSION, "syslog_name"), SUBMISSION.replace("  -o syslog_name=postfix/submission\n", ""));
  assert.equal(
    remove(SUBMISSION, "smtpd_tls_security_level"),
    SUBMISSION.replace("-osmtpd_tls_security_level=encrypt ", ""),
  );
  assert.equal(overridesOf(remove(SUBMISSION, "smtpd_recipient_restrictions")).length, 2);
  assert.equal(remove("x inet n - n - - smtpd -o a=1\n", "a"), "x inet n - n - - smtpd\n");
});

test("list elements inside overrides", () => {
  const text = "x inet n - n - - smtpd -o l=a,b -o { m = a, b }\n";
  const tree = parseMasterCf(text);
  const [bare, braced] = [at(overridesOf(text), 0), at(overridesOf(text), 1)];
  const own = at(tree.services, 0).overrides;
  assert.equal(bare.name + braced.name, "lm");
  const [l, m] = [at(own, 0), at(own, 1)];
  assert.equal(apply(text, removeOverrideElements(tree, l, [0])), text.replace("l=a,b", "l=b"));
  assert.equal(apply(text, removeOverrideElements(tree, l, [0, 1])), text.replace("l=a,b", "l="));
  assert.equal(apply(text, removeOverrideElements(tree, m, [1])), text.replace("{ m = a, b }", "{ m = a }"));
  assert.equal(
    apply(text, insertOverrideElement(tree, l, "before", 1, "t hash:/x")),
    text.replace("a,b", "a,t,hash:/x,b"),
  );
  assert.equal(apply(text, insertOverrideElement(tree, m, "after", 1, "c")), text.replace("a, b }", "a, b, c }"));
  const group = apply(text, insertOverrideElement(tree, l, "after", 1, "{ c, d=1 s }"));
  assert.equal(group, text.replace("l=a,b", "{ l = a, b, { c, d=1 s } }"));
  assert.equal(apply(text, replaceOverrideElement(tree, l, 1, "c")), text.replace("a,b -o", "a,c -o"));
});
