// The box under a chat: words, a file, the bot's commands.

import * as api from "./api.js";
import { h, notice } from "./dom.js";
import { state } from "./store.js";

const MENU = "Các lệnh";

export function composer(chat) {
  const input = h("textarea", { rows: "1", placeholder: "Tin nhắn", "aria-label": "Viết tin nhắn", maxlength: "4096" });
  const menu = h("div.commands", { hidden: true, role: "group", "aria-label": MENU });
  const slash = h("button.icon", { type: "button", "aria-label": MENU, "aria-expanded": "false", title: MENU, onclick: () => show(menu.hidden) }, "/");
  const picker = h("input.unseen", { type: "file", tabindex: "-1", "aria-label": "Gửi tệp", onchange: () => sendFile(picker.files[0]) });
  const clip = h("button.icon", { type: "button", "aria-label": "Gửi tệp", title: "Gửi tệp", onclick: () => picker.click() }, "+");

  function show(visible) {
    const commands = state.chats.get(chat)?.commands ?? [];
    const typed = input.value.startsWith("/") ? input.value.slice(1) : "";
    const fitting = commands.filter((one) => one.command.startsWith(typed));
    menu.hidden = !visible || !fitting.length;
    slash.setAttribute("aria-expanded", String(!menu.hidden));
    menu.replaceChildren(...fitting.map((one) => h(
      "button", { type: "button", onclick: () => { show(false); send(`/${one.command}`); } },
      h("b", {}, `/${one.command}`), ` ${one.description}`,
    )));
    if (visible && !commands.length && !slash.hidden) notice("Nhắc Lịch chưa đặt lệnh nào.");
  }

  async function send(text) {
    if (!text.trim()) return;
    try {
      await api.type(chat, text);
      input.value = "";
      fit();
    } catch (error) {
      notice(error.message, "error");
    }
    input.focus({ preventScroll: true });
  }

  async function sendFile(file) {
    if (!file) return;
    try {
      await api.attach(chat, file);
    } catch (error) {
      notice(error.message, "error");
    }
    picker.value = "";
  }

  function fit() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
  }

  input.addEventListener("input", () => { fit(); show(/^\/\w*$/.test(input.value)); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); show(false); send(input.value); }
    if (event.key === "Escape") show(false);
    if (event.key === "ArrowUp" && !menu.hidden) { event.preventDefault(); menu.lastElementChild.focus(); }
  });
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (step) { event.preventDefault(); (document.activeElement[step] ?? input).focus(); }
    if (event.key === "Escape") { show(false); input.focus(); }
  });

  slash.hidden = state.byChat.get(chat)?.channel === "zalo"; // no menu of commands there

  const node = h(
    "form.composer", { onsubmit: (event) => { event.preventDefault(); show(false); send(input.value); } },
    menu, slash, clip, picker, input, h("button.send", { type: "submit" }, "Gửi"),
  );
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    document.dispatchEvent(new CustomEvent("drop-done"));
    sendFile(event.dataTransfer.files[0]);
  });
  return { node, input };
}
