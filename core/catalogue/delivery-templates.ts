const OF_RECIPIENT = "{queue_id}: to=<{recipient}>{delivery}, status={status:word} (";

/** How smtp(8) and lmtp(8) write down an answer that decides what becomes of the mail, and one after which they ask the next server. */
const FORMS = [`${OF_RECIPIENT}host {server:client} `, "{queue_id}: host {server:client} "];

/**
 * The templates of lines in which another server's answer stands.
 * @param replies how the answer begins behind the server's name (`said: …`, `refused to talk to me: …`), as the end of a template
 */
export function templatesOfReplies(replies: readonly string[]): readonly string[] {
  return replies.flatMap((reply) => FORMS.map((form) => form + reply));
}

/**
 * The templates of lines in which the reason stands why mail could not be delivered: that of a recipient, the one after which smtp(8) asks the
 * next server, and that of mail which the queue manager puts back untried because the reason still holds for its destination (scheduler README).
 * @param reasons the reason, as Postfix writes it in brackets behind `status=deferred`; a `rest` at its end leaves the bracket to the field
 */
export function templatesOfReasons(reasons: readonly string[]): readonly string[] {
  return reasons.flatMap((reason) => {
    const bracketed = reason.endsWith(":rest}") ? reason : `${reason})`;
    return [
      OF_RECIPIENT + bracketed,
      `{queue_id}: ${reason}`,
      `${OF_RECIPIENT}delivery temporarily suspended: ${bracketed}`,
    ];
  });
}
