/** Where in the record of a line (assembly/lines.ts) its numbers lie; its first two places are the pid, one number of eight bytes. */
export const PASSED = 2;
export const LINE_START = 3;
export const LINE_END = 4;
export const HOST_START = 5;
export const HOST_END = 6;
export const WRITER = 7;
export const LEVEL = 8;
export const STAMP = 9;
export const MESSAGE_START = 10;
export const MESSAGE_END = 11;
export const MESSAGE = 12;
export const ENTRY = 13;
export const SHOWN = 14;
export const POSITIONS = 15;

/** Which lines `nextLine` is asked for. */
export const ALL = 0;
export const EXPLAINED = 1;
export const UNCOUNTED = 2;
export const UNTALLIED = 3;

/** What `nextLine` answers besides that a line is unread. */
export const NO_MORE = 0;
export const READ = 1;
