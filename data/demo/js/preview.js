// A paper from a chat, looked at on the page: built from plain data, never from the file's own markup.

import * as api from "./api.js";
import { $, day, h, notice, time } from "./dom.js";

function paragraph({ runs, align }) {
  const words = runs.filter((run) => run.text).map((run) => {
    const text = run.italic ? h("i", {}, run.text) : run.text;
    return run.bold ? h("b", {}, text) : text;
  });
  return h(align ? `p.${align}` : "p", {}, ...words);
}

const block = (one) => one.rows
  ? h("table", {}, h("tbody", {}, ...one.rows.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, ...cell.map(block)))))))
  : paragraph(one);

function sheet({ name, rows, more }) {
  const filled = rows.filter((row) => row.some(Boolean));
  const lines = filled.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, cell))));
  return h("section", {}, h("h3", {}, name), h("div.wide", { tabindex: "0", role: "group", "aria-label": name }, h("table", {}, h("tbody", {}, ...lines))), more ? h("p.more", {}, "… còn nữa trong tệp") : null);
}

function span({ from, until }) {
  if (!from) return "Chưa rõ ngày";
  return from.length === 10 ? day(from) : `${day(from)}, ${time(from)}${until ? ` đến ${time(until)}` : ""}`;
}

const event = (one) => h(
  "li", {}, h("b", {}, span(one)), one.cancelled ? h("span.trouble", {}, " · không tổ chức") : null,
  h("p", {}, one.summary), one.where ? h("p.when", {}, one.where) : null,
);

const KINDS = {
  letter: (found) => h("div.paper", {}, ...found.blocks.map(block)),
  tables: (found) => h("div.sheets", {}, ...found.sheets.map(sheet)),
  events: (found) => h("ul.events", {}, ...found.events.map(event)),
  text: (found) => h("pre.plain", {}, found.text),
};

const address = (file) => `/api/file/${file.id}`;

/** In a message: the file to download, and what can be looked at. */
export function fileNode(file, size) {
  if (file.picture) {
    return h(
      "button.picture", { type: "button", "aria-label": `Xem ${file.name}`, onclick: () => show(file) },
      h("img", { src: `/api/picture/${file.id}`, alt: file.name, loading: "lazy" }),
    );
  }
  const link = h(
    "a.file", { href: address(file), download: file.name },
    h("span.sheet", { "aria-hidden": "true" }, file.name.split(".").pop().slice(0, 4)),
    h("span", {}, h("b", {}, file.name), h("small", {}, `${size} · tải về`)),
  );
  return h("div.attached", {}, link, file.preview ? h("button.look", { type: "button", "aria-label": `Xem ${file.name}`, onclick: () => show(file) }, "Xem") : null);
}

async function show(file) {
  try {
    const inside = file.picture
      ? h("img", { src: `/api/picture/${file.id}`, alt: file.name })
      : await api.preview(file.id).then((found) => KINDS[found.kind](found));
    $("preview-title").textContent = file.name;
    $("preview-get").href = address(file);
    $("preview-get").download = file.name;
    $("preview-inside").replaceChildren(inside);
    $("preview").showModal();
    $("preview-inside").scrollTop = 0;
  } catch (error) {
    notice(error.message, "error");
  }
}
