// Which people are open side by side, and how many have room.

import { $, h } from "./dom.js";
import { keep } from "./memory.js";
import { Pane } from "./pane.js";
import { emit, ensure, looked, on, state } from "./store.js";

const NARROWEST = 310;
const shown = new Map(); // chat id → Pane

function capacity() {
  return Math.max(1, Math.min(3, Math.floor($("chats").clientWidth / NARROWEST)));
}

let uses = 0;

function use(chat) {
  const pane = state.open.find((one) => one.chat === chat);
  if (pane) pane.used = uses += 1;
}

function longestUnused() {
  const free = state.open.filter((pane) => !pane.pinned).sort((a, b) => a.used - b.used);
  return state.open.indexOf(free[0]);
}

/** Open a chat: instead of the one unused longest and not pinned, or beside, where there is room and `beside`. */
export async function open(chat, { beside = false, focus = true } = {}) {
  if (!state.chats.has(chat)) return;
  document.body.dataset.view = "chats";
  if (!state.open.some((pane) => pane.chat === chat)) {
    const pane = { chat, pinned: false, used: 0 };
    const free = longestUnused();
    const room = state.open.length < capacity() && (beside || free < 0);
    if (!room) state.open.splice(free, 1); // -1, all pinned: the last one
    state.open.push(pane);
  }
  use(chat);
  await ensure(chat);
  looked(chat);
  draw();
  emit("open", chat);
  const pane = shown.get(chat);
  if (!pane) return;
  pane.node.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (focus && matchMedia("(pointer: fine)").matches) pane.input.focus({ preventScroll: true });
}

export const hasRoom = () => state.open.length < capacity();

export function close(chat) {
  state.open = state.open.filter((pane) => pane.chat !== chat);
  if (!state.open.length) document.body.dataset.view = "people";
  draw();
  emit("open", chat);
}

function pin(chat) {
  const pane = state.open.find((one) => one.chat === chat);
  pane.pinned = !pane.pinned;
  draw();
}

export const paneOf = (chat) => shown.get(chat) ?? null;

function draw() {
  const room = capacity();
  while (state.open.length > room) {
    state.open.splice(Math.max(longestUnused(), 0), 1);
  }
  keep("open", state.open);
  const wanted = new Set(state.open.map((pane) => pane.chat));
  for (const [chat, pane] of shown) {
    if (!wanted.has(chat)) { pane.node.remove(); shown.delete(chat); }
  }
  const main = $("chats");
  main.querySelector(".empty")?.remove();
  state.open.forEach(({ chat, pinned }, place) => {
    if (!shown.has(chat)) shown.set(chat, new Pane(state.byChat.get(chat), { close: () => close(chat), pin: () => pin(chat) }));
    const pane = shown.get(chat);
    pane.setPinned(pinned);
    if (main.children[place] !== pane.node) main.insertBefore(pane.node, main.children[place] ?? null);
    pane.fill();
  });
  if (!state.open.length) {
    main.append(h("p.empty", {}, "Chọn một người để đọc cuộc trò chuyện của người ấy với Nhắc Lịch. Ghim lại để mở thêm người khác bên cạnh."));
  }
}

export function start() {
  on("state", () => {
    for (const pane of shown.values()) pane.node.remove();
    shown.clear();
    draw();
    emit("open", null);
  });
  on("message edit delete", (message) => shown.get(message.chat)?.update(message.id));
  on("answer", (answer) => shown.get(answer.chat)?.answered(answer));
  on("pressed", ({ chat }) => use(chat));
  $("chats").addEventListener("focusin", (event) => use(Number(event.target.closest("[data-pane]")?.dataset.pane)));
  on("typing", ({ chat }) => shown.get(chat)?.typing());
  new ResizeObserver(() => {
    if (state.open.length > capacity()) { draw(); emit("open", null); }
  }).observe($("chats"));
}
