// One phone: a person's chat with the bot.

import * as api from "./api.js";
import { composer } from "./composer.js";
import { day, h, hue, initials, notice, parts, time } from "./dom.js";
import { fileNode } from "./preview.js";
import { rich } from "./richtext.js";
import { emit, state } from "./store.js";

const NEAR = 80; // pixels from the end within which the chat follows new messages

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

export class Pane {
  constructor(person, { close, pin }) {
    this.person = person;
    this.chat = person.chat_id;
    this.nodes = new Map();
    this.log = h("div.log", { role: "log", "aria-label": `Tin nhắn của ${person.name}`, tabindex: "0" });
    this.toast = h("div.toast", { role: "status" });
    this.typist = h("p.typing", { hidden: true }, "Nhắc Lịch đang soạn tin…");
    this.pinButton = h("button.icon", { "aria-pressed": "false", onclick: pin, title: "Ghim để mở người khác bên cạnh" }, "Ghim");
    const { node, input } = composer(this.chat);
    this.zalo = person.channel === "zalo";
    this.quick = h("div.quick", { hidden: true, role: "group", "aria-label": "Gõ nhanh một số" });
    this.input = input;
    const header = h(
      "header", {},
      h("button.icon.back", { onclick: () => { document.body.dataset.view = "people"; }, "aria-label": "Về danh sách" }, "‹"),
      h(`span.face.hue${hue(person.unit)}`, { "aria-hidden": "true" }, initials(person.name)),
      h("div.who", {}, h("h2", {}, person.name), h("p", {}, h("b.channel", {}, this.zalo ? "Zalo" : "Telegram"), ` ${person.post} · ${person.unit}`)),
      this.pinButton,
      h("button.icon.close", { onclick: close, "aria-label": `Đóng ${person.name}`, title: "Đóng" }, "×"),
    );
    this.node = h(this.zalo ? "section.phone.zalo" : "section.phone", { "aria-label": `Trò chuyện của ${person.name}`, "data-pane": this.chat }, header, this.toast, this.log, this.typist, this.quick, node);
  }

  setPinned(pinned) {
    this.pinButton.setAttribute("aria-pressed", String(pinned));
    this.pinButton.textContent = pinned ? "Đã ghim" : "Ghim";
  }

  /** Draw what is not drawn yet. */
  fill() {
    const messages = state.chats.get(this.chat)?.messages;
    if (!messages || (this.nodes.size && this.nodes.size === messages.size)) return;
    for (const id of messages.keys()) if (!this.nodes.has(id)) this.put(id, false);
    this.offer();
    if (!messages.size) this.log.replaceChildren(h("p.nothing", {}, "Chưa có tin nhắn nào."));
    requestAnimationFrame(() => { this.log.scrollTop = this.log.scrollHeight; });
  }

  /** A message came, changed or went. */
  update(id) {
    const follows = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
    const message = state.chats.get(this.chat)?.messages?.get(id);
    this.typist.hidden = true;
    if (!message) {
      this.nodes.get(id)?.remove();
      this.nodes.delete(id);
      return;
    }
    this.put(id, true);
    this.offer();
    if (follows || !message.bot) this.log.scrollTop = this.log.scrollHeight;
  }

  /** The numbers of the newest list, to be typed by a tap; Zalo itself has no buttons. */
  offer() {
    if (!this.zalo) return;
    const messages = [...state.chats.get(this.chat).messages.values()];
    const { choices = [] } = messages.findLast((one) => one.choices.length) ?? {};
    this.quick.hidden = !choices.length;
    this.quick.replaceChildren(...choices.map((label, i) => h(
      "button", { type: "button", "data-label": label, onclick: () => this.choose(i + 1) }, h("b", {}, String(i + 1)), ` ${label}`,
    )));
  }

  async choose(number) {
    try {
      await api.type(this.chat, String(number));
    } catch (error) {
      notice(error.message, "error");
    }
  }

  put(id, fresh) {
    const message = state.chats.get(this.chat).messages.get(id);
    const node = this.bubble(message);
    const old = this.nodes.get(id);
    this.nodes.set(id, node);
    if (fresh) node.classList.add(old ? "changed" : "fresh");
    if (old) { old.replaceWith(node); return; }
    this.log.querySelector(".nothing")?.remove();
    const today = parts(message.date).key;
    if (today !== this.lastDay) this.log.append(h("p.day", {}, day(message.date)));
    this.lastDay = today;
    this.log.append(node);
  }

  bubble(message) {
    const text = h("div.text", {}, rich(message.text, message.entities));
    const stamp = h("p.stamp", {}, message.edited ? "đã sửa · " : "", time(message.date));
    const file = message.file && fileNode(message.file, size(message.file.size));
    const who = h("span.unseen", {}, message.bot ? "Nhắc Lịch: " : `${this.person.name}: `);
    const body = h("div.bubble", {}, who, file, message.text ? text : null, stamp);
    const keys = message.rows.map((row, r) => h(row.length > 4 ? "div.keys.many" : "div.keys", {}, ...row.map((button, c) => this.key(message, button, r, c))));
    return h(`article.message.${message.bot ? "in" : "out"}`, { "data-id": message.id }, body, ...keys);
  }

  key(message, button, row, column) {
    if (button.url) {
      return h("a.key", { href: button.url, target: "_blank", rel: "noopener noreferrer" }, `${button.label} ↗`);
    }
    return h("button.key", { "data-label": button.label, onclick: (event) => this.press(event.currentTarget, message, button, row, column) }, button.label);
  }

  async press(node, message, button, row, column) {
    node.classList.add("busy");
    setTimeout(() => node.classList.remove("busy"), 8000);
    try {
      await api.press(this.chat, message.id, row, column);
      emit("pressed", { chat: this.chat, label: button.label });
    } catch (error) {
      node.classList.remove("busy");
      notice(error.message, "error");
    }
  }

  answered({ id, text, alert }) {
    for (const node of this.nodes.get(id)?.querySelectorAll(".busy") ?? []) node.classList.remove("busy");
    if (!text) return;
    const node = h("p", {}, text);
    if (alert) node.append(h("button", { onclick: () => node.remove() }, "Đã rõ"));
    else setTimeout(() => node.remove(), 4000);
    this.toast.replaceChildren(node);
  }

  typing() {
    this.typist.hidden = false;
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => { this.typist.hidden = true; }, 5000);
  }
}
