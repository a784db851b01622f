// What comes next, and what just happened: who was told what, by which rule.

import { $, h, moment } from "./dom.js";
import { open } from "./panes.js";
import { on, state } from "./store.js";

const COMING = 3;
const TROUBLE = { unreachable: "không tới được", failed: "gửi không được", missed: "đã quá hạn" };
const unfolded = new Set();
let lastKey = "";

function subject(label, session) {
  return h("p.what", {}, h("b", {}, label), session ? h("span.code", {}, session) : null);
}

function coming() {
  const { notices } = state.stage;
  const nodes = notices.slice(0, COMING).map((one) =>
    h("li", {}, subject(one.label, one.session), h("p.when", {}, `${moment(one.due)} · ${one.recipients} người`)));
  if (notices.length > COMING) nodes.push(h("li.more", {}, `và ${notices.length - COMING} thông báo nữa`));
  if (!notices.length) nodes.push(h("li.more", {}, "Không còn thông báo nào."));
  $("coming").replaceChildren(...nodes);
}

function groups() {
  const found = new Map();
  for (const one of state.stage.log) {
    const key = `${one.at}|${one.label}|${one.session}`;
    if (!found.has(key)) found.set(key, { key, ...one, people: [] });
    found.get(key).people.push(one);
  }
  return [...found.values()].reverse();
}

/** The rule, and the offset where it says more than the rule. */
function reason({ why, offset }) {
  if (!why && !offset) return null;
  const more = offset && !why.toLowerCase().includes(offset.toLowerCase()) ? offset : "";
  return h("p.why", {}, why, more ? h("span.offset", {}, ` ${more}`) : null);
}

function names(group) {
  const people = group.people.map((one) => {
    const trouble = TROUBLE[one.state];
    const words = [one.name, trouble ? h("span.trouble", {}, ` ${trouble}`) : null];
    const known = one.chat_id !== null && state.chats.has(one.chat_id);
    return h("li", {}, known ? h("button.link", { onclick: () => open(one.chat_id) }, ...words.filter(Boolean)) : h("span", {}, ...words.filter(Boolean)));
  });
  const failed = group.people.filter((one) => TROUBLE[one.state]).length;
  const count = `${group.people.length} người${failed ? `, ${failed} không tới` : ""}`;
  const node = h("details", { open: unfolded.has(group.key) }, h("summary", {}, count), h("ul", {}, ...people));
  node.addEventListener("toggle", () => { if (node.open) unfolded.add(group.key); else unfolded.delete(group.key); });
  return node;
}

function happened() {
  const last = state.stage.log.at(-1)?.number ?? 0;
  const key = `${last}|${state.stage.log.length}`;
  if (key === lastKey) return;
  lastKey = key;
  const nodes = groups().slice(0, 40).map((group) => h(
    "li", {},
    subject(group.label, group.session),
    h("p.when", {}, moment(group.at)),
    reason(group),
    names(group),
  ));
  if (!nodes.length) nodes.push(h("li.more", {}, "Chưa có gì. Hãy cho đồng hồ chạy tới thông báo kế tiếp."));
  $("happened").replaceChildren(...nodes);
}

export function start() {
  on("state", () => { lastKey = ""; unfolded.clear(); });
  on("stage", () => { coming(); happened(); });
}
