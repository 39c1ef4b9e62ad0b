import process from "node:process";

/** Whether everything is tried in full, as `npm run soak` does; the tests of every day try a tenth. */
const isSoak = process.env["POSTMASTER_SOAK"] === "full";

/** How often to try something that is tried `full` times when there is time. */
export function rounds(full: number): number {
  return isSoak ? full : Math.ceil(full / 10);
}
