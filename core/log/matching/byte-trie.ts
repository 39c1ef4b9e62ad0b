import { addTo } from "../../collections/lists-by-key.ts";

/** A node of a trie over byte strings. A run of bytes without a branch is one `label`. */
export interface TrieNode<Value> {
  /** Bytes that must stand here. */
  readonly label: Uint8Array;
  /** What the keys that end after the label lead to; null where none ends. */
  readonly value: Value | null;
  /** First bytes of the children's labels, and the children, in the same order. */
  readonly firsts: Uint8Array;
  readonly children: readonly TrieNode<Value>[];
}

export interface TrieKey<Value> {
  readonly bytes: Uint8Array;
  readonly value: Value;
}

const NO_BYTES = new Uint8Array(0);

/** Build the trie of distinct keys. */
export function buildTrie<Value>(keys: readonly TrieKey<Value>[]): TrieNode<Value> {
  return buildFrom(keys, 0);
}

function buildFrom<Value>(keys: readonly TrieKey<Value>[], from: number): TrieNode<Value> {
  const shared = sharedEnd(keys, from);
  const ending = keys.find((key) => key.bytes.length === shared);
  const groups = new Map<number, TrieKey<Value>[]>();
  for (const key of keys) {
    const byte = key.bytes[shared];
    if (byte !== undefined) addTo(groups, byte, key);
  }
  const children = [...groups.values()].map((group) => buildFrom(group, shared));
  const firsts = Uint8Array.from(groups.keys());
  return {
    label: keys[0]?.bytes.slice(from, shared) ?? NO_BYTES,
    value: ending?.value ?? null,
    firsts,
    children,
  };
}

/** Up to where all keys agree, which is at most the length of the shortest. */
function sharedEnd<Value>(keys: readonly TrieKey<Value>[], from: number): number {
  const first = keys[0]?.bytes ?? NO_BYTES;
  let shared = first.length;
  for (const { bytes } of keys) {
    let at = from;
    while (at < shared && at < bytes.length && bytes[at] === first[at]) at += 1;
    shared = at;
  }
  return shared;
}
