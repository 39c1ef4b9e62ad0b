import { setFlagsFromString } from "node:v8";

// Imported before the engine, since both must be so before it loads.

// The engine's loader predates Node's `fetch` and takes it for a browser's, which cannot read a file path.
Reflect.deleteProperty(globalThis, "fetch");

// V8 would begin to optimise the one huge function of the engine after a few matches and hold the process for seconds at its end. The
// baseline code is fast enough: this names the only function that may be optimised, and it is a small one.
setFlagsFromString("--wasm-tier-up-filter=0");
