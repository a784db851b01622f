// The tour: one card, one thing to do, shown where to do it.  What the steps are is in story.js.

import { $, h, reveal } from "./dom.js";
import { keep, recall } from "./memory.js";
import { ensure, on, state } from "./store.js";
import { begin, restore, saved, steps } from "./story.js";

const SEEN = "nhaclich-tour";
let place = -1; // -1: closed
let helping = false;
let soon = 0;
let moving = 0;
let drawn = "";

const remembered = () => { try { return localStorage.getItem(SEEN); } catch { return null; } };
const remember = () => { try { localStorage.setItem(SEEN, "1"); } catch { /* private window: it opens again */ } };

function point(nodes) {
  const wanted = new Set(nodes.filter(Boolean));
  for (const node of document.querySelectorAll(".hint")) if (!wanted.has(node)) node.classList.remove("hint");
  for (const node of wanted) {
    if (node.classList.contains("hint")) continue;
    node.classList.add("hint");
    if (node.offsetParent) reveal(node);
  }
  const hidden = [...wanted].find((node) => !node.offsetParent);
  const part = hidden?.closest(".people, .chats, .feed")?.classList[0];
  if (part) document.querySelector(`[data-tab="${part}"]`).classList.add("hint");
}

async function help() {
  const step = steps[place];
  helping = true;
  drawn = "";
  look();
  try {
    await step.help();
  } finally {
    helping = false;
    drawn = "";
    look();
  }
}

function go(to) {
  clearTimeout(moving);
  moving = 0;
  drawn = "";
  if (to >= steps.length || to < 0) { end(); return; }
  place = to;
  steps[place].enter?.();
  save();
  look();
}

const save = () => keep("tour", place < 0 ? null : { place, ...saved() });

function end() {
  const hadFocus = $("tour").contains(document.activeElement);
  place = -1;
  remember();
  save();
  $("tour").hidden = true;
  point([]);
  if (hadFocus) $("tour-open").focus();
}

function card(step, done) {
  const dots = h("p.dots", { "aria-hidden": "true" }, ...steps.map((_, i) => h(`span${i < place ? ".past" : i === place ? ".here" : ""}`)));
  const last = place === steps.length - 1;
  const buttons = h("p.buttons", {});
  if (done) buttons.append(h("button.primary", { id: "tour-on", onclick: () => go(place + 1) }, last ? "Kết thúc" : "Tiếp tục"));
  else buttons.append(h("button.primary", { id: "tour-help", onclick: help, disabled: helping }, helping ? "Đang làm…" : "Làm giúp tôi"));
  if (place > 0 && !done) buttons.append(h("button", { onclick: () => go(place + 1) }, "Bước sau"));
  buttons.append(h("button.quiet", { onclick: end }, last && done ? "Đóng" : "Thôi"));
  return [
    dots,
    h("p.step", {}, `Bước ${place + 1} trên ${steps.length}${done ? " · xong" : ""}`),
    h("h2", { id: "tour-title" }, step.title),
    h("p", { "aria-live": "polite" }, step.text(done)),
    buttons,
  ];
}

function look() {
  cancelAnimationFrame(soon);
  soon = requestAnimationFrame(() => {
    if (place < 0) return;
    if (!state.stage?.story) { end(); return; }
    const step = steps[place];
    const done = step.done();
    const key = `${place}|${done}|${helping}|${step.text(done)}`;
    if (key !== drawn) {
      const focused = document.activeElement?.id;
      drawn = key;
      $("tour").replaceChildren(...card(step, done));
      $("tour").hidden = false;
      if (focused?.startsWith("tour-")) ($(focused) ?? $("tour").querySelector(".primary")).focus();
    }
    point(done && !step.stay ? [] : step.target());
    if (done && !step.stay && !moving) moving = setTimeout(() => go(place + 1), 1800);
  });
}

const ready = ({ guest, host, authority }) => Promise.all([guest, host, authority].map((chat) => ensure(chat)));

export async function openTour() {
  const { story } = state.stage ?? {};
  if (!story) return;
  await ready(story);
  begin();
  go(0);
}

/** Where this tab was before it was reloaded or the connection was lost. */
async function resume(kept) {
  await ready(state.stage.story);
  restore(kept);
  place = kept.place;
  drawn = "";
  look();
}

export function start() {
  on("state", async () => {
    $("tour-open").disabled = !state.stage.story;
    const kept = recall("tour");
    if (kept && state.stage.story) await resume(kept);
    else if (place >= 0) await openTour();
    else if (!remembered() && state.stage.story) await openTour();
  });
  on("stage message edit delete answer open unread pressed", () => { if (place >= 0) look(); });
  on("pressed", () => { if (place >= 0) save(); });
  $("tour-open").addEventListener("click", openTour);
}
