// The people of the cluster by school: search, unread counts, the last word of each chat.

import { $, bare, h, hue, initials, parts, time } from "./dom.js";
import { isOpen, on, state } from "./store.js";
import { open } from "./panes.js";

const rows = new Map(); // chat id → {node, update}
let groups = []; // [{node, count, people: [{words, node, chat}]}]

function lastTime(message) {
  if (!message) return "";
  const at = parts(message.date);
  return at.key === parts(state.stage.now).key ? time(message.date) : `${at.day}/${at.month}`;
}

/** The name under the heading of the unit: "Bếp trưởng Sao Sáng" need not say Sao Sáng again. */
function inUnit({ name, unit }) {
  const place = unit.replace(/^MN /, "");
  const short = name.endsWith(` ${place}`) ? name.slice(0, -place.length - 1) : name;
  return short || name;
}

function row(person) {
  const face = h(`span.face.hue${hue(person.unit)}`, { "aria-hidden": "true" }, initials(person.name));
  const name = h("span.name", {}, inUnit(person), person.channel === "zalo" ? h("span.zalo-mark", {}, "Zalo") : null);
  const when = h("span.when");
  const last = h("span.last");
  const badge = h("span.badge", { hidden: true });
  if (person.chat_id === null) {
    last.textContent = `${person.post} · chưa đăng ký`;
    return h("li", {}, h("span.person.nobody", {}, face, h("span.words", {}, name, last)));
  }
  const button = h(
    "button.person", { "data-chat": person.chat_id, onclick: () => open(person.chat_id) },
    face, h("span.words", {}, name, last), h("span.ends", {}, when, badge),
  );
  const update = () => {
    const about = state.chats.get(person.chat_id);
    if (!about) return;
    const said = about.last?.text.split("\n")[0] || about.last?.file?.name;
    const [first, second] = bare(person.post).split(" ");
    const post = bare(person.name).includes(`${first} ${second}`) ? "" : person.post; // the name says it
    last.textContent = [post, said].filter(Boolean).join(" · ") || person.post;
    when.textContent = lastTime(about.last);
    badge.hidden = !about.unread;
    badge.replaceChildren(String(about.unread), h("span.unseen", {}, " tin chưa đọc"));
    button.classList.toggle("unread", about.unread > 0);
    button.setAttribute("aria-current", isOpen(person.chat_id) ? "true" : "false");
  };
  rows.set(person.chat_id, { update });
  update();
  return h("li", {}, button);
}

function draw() {
  rows.clear();
  const byUnit = Map.groupBy ? Map.groupBy(state.people, (one) => one.unit) : grouped();
  groups = [];
  const nodes = [];
  for (const [unit, people] of byUnit) {
    const members = people.map((person) => ({
      words: bare(`${person.name} ${person.post} ${person.unit}`), node: row(person), chat: person.chat_id,
    }));
    const count = h("span.badge", { hidden: true });
    const list = h("ul", {}, ...members.map((member) => member.node));
    const node = h("details.unit", { open: true }, h("summary", {}, h("span", {}, unit), count), list);
    groups.push({ node, count, members });
    nodes.push(node);
  }
  $("people").replaceChildren(...nodes);
  counts();
  filter();
}

function grouped() {
  const found = new Map();
  for (const person of state.people) found.set(person.unit, [...(found.get(person.unit) ?? []), person]);
  return found;
}

function counts() {
  for (const group of groups) {
    const unread = group.members.reduce((sum, one) => sum + (state.chats.get(one.chat)?.unread ?? 0), 0);
    group.count.hidden = !unread;
    group.count.replaceChildren(String(unread), h("span.unseen", {}, " tin chưa đọc"));
  }
  if ($("unread-only").getAttribute("aria-pressed") === "true") filter();
}

function filter() {
  const wanted = bare($("search").value.trim()).split(/\s+/).filter(Boolean);
  const unreadOnly = $("unread-only").getAttribute("aria-pressed") === "true";
  let shown = 0;
  for (const group of groups) {
    let inGroup = 0;
    for (const member of group.members) {
      const about = state.chats.get(member.chat);
      const fits = wanted.every((word) => member.words.includes(word))
        && (!unreadOnly || about?.unread > 0 || isOpen(member.chat));
      member.node.hidden = !fits;
      if (fits) inGroup += 1;
    }
    group.node.hidden = !inGroup;
    if (inGroup && wanted.length) group.node.open = true;
    shown += inGroup;
  }
  $("people").querySelector(".nothing")?.remove();
  if (!shown) $("people").append(h("p.nothing", {}, unreadOnly ? "Không có tin chưa đọc." : "Không tìm thấy ai."));
}

export function start() {
  let drawing = 0;
  on("state", draw);
  on("unread", (chat) => {
    rows.get(chat)?.update();
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(counts);
  });
  on("open", () => {
    for (const { update } of rows.values()) update();
    counts();
  });
  $("search").addEventListener("input", filter);
  $("unread-only").addEventListener("click", (event) => {
    const pressed = event.currentTarget.getAttribute("aria-pressed") === "true";
    event.currentTarget.setAttribute("aria-pressed", String(!pressed));
    filter();
  });
}
