/** What nobody can see or what turns the text around it: controls (line breaks too), bidirectional and zero-width characters, half characters. */
export const UNSEEN =
  // oxlint-disable-next-line no-misleading-character-class
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
