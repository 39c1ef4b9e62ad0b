import { type LanguageClient, State } from "vscode-languageclient/node";

type ServerProcess = NonNullable<LanguageClient["serverProcess"]>;

/** How long a server may be silent before it counts as hanging, in milliseconds. */
const PATIENCE = 2000;

/** The process of a server that answers nothing: neither to its start, nor to a question that any server answers at once. */
export async function hungServer(language: LanguageClient): Promise<ServerProcess | null> {
  const { serverProcess, state } = language;
  if (serverProcess === undefined || (state !== State.Running && state !== State.Starting)) return null;
  const answer = state === State.Starting ? language.start() : language.sendRequest("postmaster/status", { uri: "" });
  if (await comesInTime(answer)) return null;
  // While it was waited for it may have ended by itself, and another one have been started.
  return language.serverProcess === serverProcess ? serverProcess : null;
}

/**
 * Kills a hung server and waits until the library knows. Its own way, to stop the server and to kill it later, takes the late end of the old
 * process for one of the new server. Whoever waits for an answer gets the error that the server ended.
 */
export async function endHungServer(language: LanguageClient, hung: ServerProcess): Promise<void> {
  const begun = language.state === State.Starting ? language.start() : Promise.resolve();
  const closed = new Promise<void>((resolve) => {
    hung.once("close", () => resolve());
  });
  hung.kill("SIGKILL");
  await closed;
  await begun.catch(() => undefined);
  // The library comes to know in a promise of its own, which is settled before the next turn.
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}

/** Whether something is answered, be it with an error. */
function comesInTime(answer: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE);
    const answered = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    answer.then(answered, answered);
  });
}
