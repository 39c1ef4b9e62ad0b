import { spawn } from "node:child_process";
import { chown, mkdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { eventually } from "../../eventually.ts";
import { proofEnvironment, runProgram } from "./run-program.ts";

/** Debian's Amavis in a folder of its own: no scanners, everything handed on to one server. */
export interface AmavisInstance extends AsyncDisposable {
  /** All it has logged. */
  log(): Promise<string>;
}

/** Perl takes seconds to load it, more on a busy machine. Milliseconds. */
const STARTS_WITHIN = 30_000;

/** Where it is: an address of 127.0.0.0/8, the port it listens on, and the port of 127.0.0.1 that it hands mail on to. */
interface AmavisPlace {
  readonly address: string;
  readonly listen: number;
  readonly next: number;
}

/** Mail is taken from 127.0.0.1 alone. @param settings lines of Perl that come last in its configuration */
export async function startAmavis(folder: string, place: AmavisPlace, settings = ""): Promise<AmavisInstance> {
  const home = path.join(folder, "amavis");
  const owner = Number((await runProgram("id", ["-u", "amavis"])).trim());
  for (const name of ["", "tmp", "db", "var"]) {
    await mkdir(path.join(home, name), { recursive: true });
    await chown(path.join(home, name), owner, 0);
  }
  // It refuses a configuration that it could write itself.
  const file = path.join(folder, "amavisd.conf");
  await writeFile(file, configuration(home, place, settings), { mode: 0o644 });
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
    await eventually("Amavis to listen", () => listens(place), { within: STARTS_WITHIN });
  } catch (error) {
    const said = await log();
    await instance[Symbol.asyncDispose]();
    throw new Error(`${String(error)}; it said\n${said}`, { cause: error });
  }
  return instance;
}

async function listens({ address, listen }: AmavisPlace): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port: listen, host: address, localAddress: "127.0.0.1" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

function configuration(home: string, { address, listen, next }: AmavisPlace, settings: string): string {
  return `use strict;
$MYHOME = '${home}'; $TEMPBASE = "$MYHOME/tmp"; $db_home = "$MYHOME/db"; $helpers_home = "$MYHOME/var";
$pid_file = "$MYHOME/amavisd.pid"; $lock_file = "$MYHOME/amavisd.lock"; $QUARANTINEDIR = undef;
$daemon_user = 'amavis'; $daemon_group = 'amavis'; $max_servers = 1;
$mydomain = 'example.com'; $myhostname = 'mail.example.com';
@local_domains_maps = (['.example.com']); @mynetworks = qw(127.0.0.1/32);
$unix_socketname = undef; $inet_socket_bind = '${address}'; $inet_socket_port = ${listen}; @inet_acl = qw(127.0.0.1);
$forward_method = 'smtp:[127.0.0.1]:${next}'; $notify_method = $forward_method;
@decoders = (); $enable_db = 0; $enable_zmq = 0; $do_syslog = 0; $LOGFILE = "$MYHOME/amavis.log"; $log_level = 0;
@bypass_virus_checks_maps = (1); @bypass_spam_checks_maps = (1);
$final_banned_destiny = D_REJECT; $banned_filename_re = new_RE(qr'\\.exe$'i);
${settings}
1;
`;
}
