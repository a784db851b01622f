// The school year as a strip: months, days off, sessions with their deadlines, notices to come, now.

import { $, day, h, lower, parts, reveal } from "./dom.js";
import { on, state } from "./store.js";

const STATES = { planned: "", asked: "đang xin đổi lịch", moved: "đã đổi ngày", cancelled: "không tổ chức", over: "đã qua" };
const CLOSE = 3.2; // per cent: sessions nearer than this stand on two levels
let chosen = null;
let lastKey = "";

const instant = (iso) => new Date(iso.length === 10 ? `${iso}T00:00:00+07:00` : iso).getTime();

function place(iso) {
  const { first_day: first, last_day: last } = state.stage;
  const from = instant(first);
  const to = instant(last) + 86400000;
  return Math.min(100, Math.max(0, ((instant(iso) - from) / (to - from)) * 100));
}

function at(node, iso, untilIso = null) {
  node.style.left = `${place(iso)}%`;
  if (untilIso) {
    const after = new Date(instant(untilIso) + 86400000).toISOString();
    node.style.width = `max(3px, ${place(after) - place(iso)}%)`;
  }
  return node;
}

function months() {
  const nodes = [];
  const last = instant(state.stage.last_day);
  let { year, month } = parts(state.stage.first_day);
  for (let first = true; ; first = false) {
    const iso = first ? state.stage.first_day : `${year}-${month}-01`;
    if (instant(iso) > last) return nodes;
    nodes.push(at(h("span.month", { "aria-hidden": "true" }, `Tháng ${Number(month)}`), iso));
    year = month === "12" ? String(Number(year) + 1) : year;
    month = String((Number(month) % 12) + 1).padStart(2, "0");
  }
}

/** One sentence about a session. */
export function describe(session) {
  const when = session.date ? lower(day(session.date)) : session.date_text || "chưa có ngày";
  const moved = session.planned_date ? ` (trước là ${lower(day(session.planned_date))})` : "";
  const deadline = session.deadline ? `; hạn mời cơ quan quản lý: ${lower(day(session.deadline))}` : "";
  const note = STATES[session.state] ? ` · ${STATES[session.state]}` : "";
  return `${session.code}: ${when}${moved}, ${session.host}${deadline}${note}`;
}

function showDetail() {
  const { sessions, now } = state.stage;
  const today = parts(now).key;
  const picked = sessions.find((one) => one.code === chosen)
    ?? sessions.find((one) => one.date && one.date >= today && one.state !== "cancelled");
  const node = $("detail");
  if (!picked) { node.replaceChildren("Các buổi của năm học đã xong."); return; }
  const lead = chosen ? "" : "Buổi kế tiếp. ";
  node.replaceChildren(lead, h("b", {}, describe(picked)), ` · ${picked.content}`);
}

function choose(code) {
  chosen = chosen === code ? null : code;
  for (const node of document.querySelectorAll(".session")) node.setAttribute("aria-pressed", String(node.dataset.session === chosen));
  showDetail();
}

function sessionNodes() {
  const nodes = [];
  let previous = -100;
  let level = 0;
  for (const session of state.stage.sessions) {
    if (!session.date) continue;
    const here = place(session.date);
    level = here - previous < CLOSE ? 1 - level : 0;
    previous = here;
    const date = parts(session.date);
    const node = h(
      `button.session.${session.state}`,
      { "data-session": session.code, "aria-pressed": String(chosen === session.code), "aria-label": describe(session), title: describe(session), onclick: () => choose(session.code) },
      h("b", {}, session.code), ` ${date.day}/${date.month}`,
    );
    if (level) node.classList.add("lower");
    nodes.push(at(node, session.date));
    if (session.planned_date) nodes.push(at(h("span.was", { "aria-hidden": "true" }), session.planned_date));
    if (session.deadline) nodes.push(at(h("span.deadline", { "aria-hidden": "true", title: `Hạn mời ${session.code}: ${lower(day(session.deadline))}` }), session.deadline));
  }
  return nodes;
}

function noticeNodes() {
  return state.stage.notices.slice(0, 80).map((one) =>
    at(h("span.dot", { "aria-hidden": "true", title: `${one.label}${one.session ? ` ${one.session}` : ""}: ${one.recipients} người` }), one.due));
}

function daysOff() {
  return state.daysOff.map((one, i) => {
    const next = state.daysOff[i + 1];
    const named = place(one.first) < 92 && (!next || place(next.first) - place(one.first) > 10);
    return at(h("span.off", { title: one.name, "aria-hidden": "true" }, named ? h("span", {}, one.name) : null), one.first, one.last);
  });
}

function unknownDates() {
  const open = state.stage.sessions.filter((one) => !one.date);
  return open.length ? [h("p.undated", {}, `Chưa có ngày: ${open.map((one) => one.code).join(", ")}`)] : [];
}

function draw() {
  const key = JSON.stringify([state.stage.sessions, state.stage.notices, state.stage.first_day, state.daysOff]);
  if (key !== lastKey) {
    lastKey = key;
    const off = daysOff();
    const focused = document.activeElement?.dataset?.session;
    $("track").replaceChildren(...months(), ...off, h("span.rail"), ...noticeNodes(), ...sessionNodes(), h("span.today", { id: "today", "aria-hidden": "true" }), ...unknownDates());
    if (focused) document.querySelector(`.session[data-session="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  const today = at($("today"), state.stage.now);
  for (const name of document.querySelectorAll(".off span")) { // "hôm nay" would stand over it
    const behind = ((place(state.stage.now) - Number.parseFloat(name.parentNode.style.left)) / 100) * $("track").clientWidth;
    name.hidden = behind > -60 && behind < 120; // pixels: so wide are the two
  }
  const scroller = $("scroller");
  if (scroller.scrollWidth > scroller.clientWidth) {
    scroller.scrollLeft = (place(state.stage.now) / 100) * scroller.scrollWidth - scroller.clientWidth / 3;
  }
  today.classList.toggle("late", place(state.stage.now) > 90);
  showDetail();
}

export function start() {
  on("state", () => { chosen = null; lastKey = ""; });
  on("stage", draw);
}

export function showSession(code) {
  chosen = null;
  choose(code);
  const node = document.querySelector(`.session[data-session="${CSS.escape(code)}"]`);
  if (node) reveal(node);
}
