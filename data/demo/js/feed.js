// What comes next, and what just happened: who was told what, by which rule.

import { $, h, moment } from "./dom.js";
import { open } from "./panes.js";
import { on, state } from "./store.js";

const COMING = 2;
const LATER = 40;
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
  const later = notices.slice(COMING, COMING + LATER);
  if (later.length) {
    const rest = notices.length - COMING;
    const lines = later.map((one) => h("li", {}, `${moment(one.due)}: `, h("b", {}, one.label), ` ${one.session ?? ""} · ${one.recipients} người`));
    if (rest > LATER) lines.push(h("li", {}, `và ${rest - LATER} thông báo sau đó`));
    const node = h("details", { open: unfolded.has("later") }, h("summary", {}, `và ${rest} thông báo nữa`), h("ul", {}, ...lines));
    remember(node, "later");
    nodes.push(h("li.more", {}, node));
  }
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
  // What was told first; that cards were drawn anew is the least of it.
  const late = (group) => Number(group.people.every((one) => one.state === "edited"));
  return [...found.values()].reverse().sort((a, b) => (a.at === b.at ? late(a) - late(b) : 0));
}

/** The rule, and the offset where it says more than the rule. */
function reason({ why, offset }) {
  if (!why && !offset) return null;
  const more = offset && !why.toLowerCase().includes(offset.toLowerCase()) ? offset : "";
  return h("p.why", {}, why, more ? h("span.offset", {}, ` ${more}`) : null);
}

/** "35 người và nhóm của cụm". */
function whom(people, inGroup) {
  const words = people || !inGroup ? [`${people} người`] : [];
  return [...words, ...(inGroup ? ["nhóm của cụm"] : [])].join(" và ");
}

function names(group) {
  const people = group.people.map((one) => {
    const trouble = TROUBLE[one.state];
    const words = [one.name, trouble ? h("span.trouble", {}, ` ${trouble}`) : null];
    const known = one.chat_id !== null && state.chats.has(one.chat_id);
    return h("li", {}, known ? h("button.link", { onclick: () => open(one.chat_id) }, ...words.filter(Boolean)) : h("span", {}, ...words.filter(Boolean)));
  });
  const failed = group.people.filter((one) => TROUBLE[one.state]).length;
  const told = group.people.filter((one) => !one.group).length;
  const count = `${whom(told, group.people.length > told)}${failed ? `, ${failed} không tới` : ""}`;
  const node = h("details", { open: unfolded.has(group.key) }, h("summary", {}, count), h("ul", {}, ...people));
  remember(node, group.key);
  return node;
}

/** It stays open when the list is drawn anew. */
function remember(node, key) {
  node.addEventListener("toggle", () => { if (node.open) unfolded.add(key); else unfolded.delete(key); });
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

function quotas() {
  const lines = state.stage.quotas ?? [];
  $("quota-part").hidden = !lines.length;
  $("quotas").replaceChildren(...lines.map((line) => h("li.when", {}, line.replace(/^Zalo, bot /, ""))));
}

export function start() {
  on("state", () => { lastKey = ""; unfolded.clear(); });
  on("stage", () => { coming(); happened(); quotas(); });
}
