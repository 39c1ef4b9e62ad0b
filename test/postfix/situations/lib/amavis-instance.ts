import { spawn } from "node:child_process";
import { chown, mkdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { proofEnvironment, runProgram } from "../../../proof/lib/run-program.ts";
import { waitUntil } from "../../../proof/lib/wait-until.ts";

/** Debian's Amavis in a folder of its own: no scanners, everything handed on to one server. */
export interface AmavisInstance extends AsyncDisposable {
  /** All it has logged. */
  log(): Promise<string>;
}

/** Perl takes seconds to load it, more on a busy machine. Milliseconds. */
const STARTS_WITHIN = 30_000;

/** @param ports where it listens, and where it hands mail on to; both on 127.0.0.1. */
export async function startAmavis(
  folder: string,
  ports: { readonly listen: number; readonly next: number },
): Promise<AmavisInstance> {
  const home = path.join(folder, "amavis");
  const owner = Number((await runProgram("id", ["-u", "amavis"])).trim());
  for (const name of ["", "tmp", "db", "var"]) {
    await mkdir(path.join(home, name), { recursive: true });
    await chown(path.join(home, name), owner, 0);
  }
  // It refuses a configuration that it could write itself.
  const file = path.join(folder, "amavisd.conf");
  await writeFile(file, configuration(home, ports), { mode: 0o644 });
  const server = spawn("amavisd", ["-c", file, "foreground"], { env: proofEnvironment(), stdio: "ignore" });
  const gone = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const log = (): Promise<string> => readFile(path.join(home, "amavis.log"), "utf8").catch(() => "");
  const instance: AmavisInstance = {
    log,
    async [Symbol.asyncDispose]() {
      server.kill("SIGTERM");
      await gone;
    },
  };
  try {
    await waitUntil("Amavis to listen", () => listens(ports.listen), STARTS_WITHIN);
  } catch (error) {
    const said = await log();
    await instance[Symbol.asyncDispose]();
    throw new Error(`${String(error)}; it said\n${said}`, { cause: error });
  }
  return instance;
}

async function listens(port: number): Promise<true | null> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(null));
    socket.once("connect", () => socket.destroy());
  });
}

function configuration(home: string, { listen, next }: { readonly listen: number; readonly next: number }): string {
  return `use strict;
$MYHOME = '${home}'; $TEMPBASE = "$MYHOME/tmp"; $db_home = "$MYHOME/db"; $helpers_home = "$MYHOME/var";
$pid_file = "$MYHOME/amavisd.pid"; $lock_file = "$MYHOME/amavisd.lock"; $QUARANTINEDIR = undef;
$daemon_user = 'amavis'; $daemon_group = 'amavis'; $max_servers = 1;
$mydomain = 'example.com'; $myhostname = 'mail.example.com';
@local_domains_maps = (['.example.com']); @mynetworks = qw(127.0.0.1/32);
$unix_socketname = undef; $inet_socket_bind = '127.0.0.1'; $inet_socket_port = ${listen}; @inet_acl = qw(127.0.0.1);
$forward_method = 'smtp:[127.0.0.1]:${next}'; $notify_method = $forward_method;
$enable_db = 0; $enable_zmq = 0; $do_syslog = 0; $LOGFILE = "$MYHOME/amavis.log"; $log_level = 0;
@bypass_virus_checks_maps = (1); @bypass_spam_checks_maps = (1);
$final_banned_destiny = D_REJECT; $banned_filename_re = new_RE(qr'\\.exe$'i);
1;
`;
}
