// The demo's clock: one step, or running.

import * as api from "./api.js";
import { $, moment, notice, parts } from "./dom.js";
import { on, state } from "./store.js";

const PATIENCE = 30_000; // milliseconds: the stream may be broken
let busy = false;
let playing = false;

const buttons = () => document.querySelectorAll("[data-step]");

/** Turn the clock.  True when it moved; says why when it did not. */
export async function step(what) {
  if (busy) return false;
  busy = true;
  document.body.classList.add("turning");
  for (const button of buttons()) button.setAttribute("aria-disabled", "true");
  try {
    const { moved, now } = await api.turn(what);
    await caughtUp(now);
    if (!playing) $("said").textContent = `Đồng hồ: ${moment(now)}.`;
    if (!moved) notice("Không còn thông báo nào sắp tới.");
    return moved;
  } catch (error) {
    notice(error.message, "error");
    return false;
  } finally {
    busy = false;
    document.body.classList.remove("turning");
    for (const button of buttons()) button.removeAttribute("aria-disabled");
  }
}

function setPlaying(on) {
  playing = on;
  $("play").setAttribute("aria-pressed", String(on));
  $("play").textContent = on ? "Dừng" : "Chạy nhanh";
}

let waiting = null; // {until, done}

/** Until the stream of events has brought what happened up to `now`. */
function caughtUp(now) {
  if (new Date(state.stage.now) >= new Date(now)) return null;
  return new Promise((done) => {
    waiting = { until: new Date(now), done };
    setTimeout(done, PATIENCE);
  });
}

function caught() {
  if (waiting && new Date(state.stage.now) >= waiting.until) { waiting.done(); waiting = null; }
}

async function play() {
  setPlaying(!playing);
  while (playing) {
    const started = performance.now();
    const moved = await step(Number($("speed").value));
    if (!moved || parts(state.stage.now).key > state.stage.last_day) setPlaying(false);
    await new Promise((done) => setTimeout(done, Math.max(0, 1000 - (performance.now() - started))));
  }
}

function draw() {
  const { now, notices } = state.stage;
  const at = parts(now);
  $("now-day").textContent = `${at.weekday}, ${at.day}/${at.month}/${at.year}`;
  $("now-time").textContent = `${at.hour}:${at.minute}`;
  const next = notices[0];
  $("next").title = next ? `${moment(next.due)}: ${next.label}${next.session ? ` ${next.session}` : ""}, ${next.recipients} người` : "Không còn thông báo nào";
}

export function start() {
  on("stage", draw);
  on("stage", caught);
  for (const button of buttons()) {
    button.addEventListener("click", () => { setPlaying(false); step(button.dataset.step); });
  }
  $("play").addEventListener("click", play);
}
