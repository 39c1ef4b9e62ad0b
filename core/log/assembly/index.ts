export { allocate } from "./allocate";
export { forgetWriters, keepHeader, learnService, learnTag, setHashSeed } from "./header";
export { setKeyList, setKeyless, setKeys } from "./keys";
export { lineRecord, matchLine, nextLine, scanLine, setNumbers } from "./lines";
export {
  createRow,
  entryFound,
  entryPositions,
  match,
  mayBeExplained,
  messageFound,
  messagePositions,
  setMatcher,
  setOrigin,
  setWriters,
} from "./matcher";
export { setLevels } from "./message-start";
export { setTables } from "./tables";
export { setTails } from "./tails";
