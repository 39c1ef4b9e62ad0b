/** How smtp(8) and lmtp(8) write down an answer that decides what becomes of the mail, and one after which they ask the next server. */
const FORMS = [
  "{queue_id}: to=<{recipient}>{delivery}, status={status:word} (host {server:client} ",
  "{queue_id}: host {server:client} ",
];

/**
 * The templates of lines in which another server's answer stands.
 * @param replies how the answer begins behind the server's name (`said: …`, `refused to talk to me: …`), as the end of a template
 */
export function templatesOfReplies(replies: readonly string[]): readonly string[] {
  return replies.flatMap((reply) => FORMS.map((form) => form + reply));
}
