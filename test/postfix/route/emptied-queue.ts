import { eventually } from "../../eventually.ts";
import type { PostfixInstance } from "../../proof/lib/postfix-instance.ts";

/** The log once a mail of each of these senders, and all mail that came of them, has left the queue. */
export function emptiedQueue(postfix: PostfixInstance, senders: readonly string[]): Promise<string> {
  return eventually("the queue to be empty", async () => {
    const text = await postfix.log.text();
    const taken = [...text.matchAll(/\/qmgr\[\d+\]: (\w+): from=<([^>]*)>/g)];
    const gone = new Set([...text.matchAll(/\/qmgr\[\d+\]: (\w+): removed/g)].map(([, id]) => id));
    const first = new Set(taken.map(([, , sender]) => sender));
    return senders.every((sender) => first.has(sender)) && taken.every(([, id]) => gone.has(id)) ? text : null;
  });
}
