import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** A path as a URI reference (RFC 3986): relative below the working directory, so that a report can be read elsewhere. */
export function uriOf(name: string): string {
  if (name === "-") return "stdin";
  const relative = relativeName(path.resolve(name));
  if (path.isAbsolute(relative)) return pathToFileURL(relative).href;
  return relative.split(path.sep).map(encodeURIComponent).join("/");
}

/** A path as people like to read it: relative below the working directory. */
export function relativeName(absolute: string): string {
  const relative = path.relative(process.cwd(), absolute);
  const isBelow =
    relative !== "" && relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  return isBelow ? relative : absolute;
}
