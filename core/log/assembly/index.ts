export { allocate } from "./allocate";
export {
  clearFlow,
  createFlow,
  nextFlowLine,
  setFlowRows,
  setNextFlowLine,
} from "./flow/count-line";
export { delayHistograms } from "./flow/delays";
export { earlySenders } from "./flow/early-mails";
export { beginHour, firstMinute, lastMinute, volumeByMinute } from "./flow/hour";
export { clearKeyCounts, createKeyCounts, hasRoomFor, mergeKeys } from "./flow/key-counts";
export { keyCounts } from "./flow/key-tables";
export { awaitMail, mailCount, mailSlots, sizeOfMail, takeUpMail } from "./flow/mails";
export { explainingCount, explainingEntries, problemList } from "./flow/problems";
export { firstRecord, recordCount } from "./flow/records";
export { flowState } from "./flow/state";
export { totalList } from "./flow/totals";
export { entryFound, mayBeExplained, messageFound } from "./found";
export { forgetWriters, keepHeader, learnService, learnTag, setHashSeed } from "./header";
export { setKeyList, setKeyless, setKeys } from "./keys";
export { lineRecord, matchLine, nextLine, scanLine, setNumbers } from "./lines";
export { createRow, match, setMatcher, setWriters } from "./matcher";
export { setLevels } from "./message-start";
export { entryPositions, messagePositions, setOrigin } from "./path";
export { setTables } from "./tables";
export { setTails } from "./tails";
export { setTally } from "./tally";
