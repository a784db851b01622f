// What a reload of this tab keeps: who is open, where the tour is.  Another run of the demo forgets it.

const KEY = "nhaclich-tab";
let known = {};

/** To be told which run of the demo answers.  False: it is another one than is remembered. */
export function meet(run) {
  let stored = {};
  try { stored = JSON.parse(sessionStorage.getItem(KEY)) ?? {}; } catch { /* nothing is kept in a private window */ }
  if (!("run" in known)) known = stored;
  const same = known.run === run;
  if (!same) known = { run };
  return same;
}

export const recall = (name) => known[name];

export function keep(name, value) {
  known[name] = value;
  try { sessionStorage.setItem(KEY, JSON.stringify(known)); } catch { /* as above */ }
}
