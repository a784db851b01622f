// Text and entities (Bot API) → nodes.  No HTML is ever parsed, so nothing typed can become markup.

import { h } from "./dom.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span.spoiler", bot_command: "span.command",
};
// Shown as a block: the line end behind one is already there.
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

function element(entity) {
  if (entity.type === "text_link" && /^https?:\/\//.test(entity.url)) {
    return h("a", { href: entity.url, target: "_blank", rel: "noopener noreferrer" });
  }
  return h(TAGS[entity.type] ?? "span");
}

function build(text, entities, from, to, out) {
  let at = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start > at) out.append(text.slice(at, start));
    const node = element(entity);
    build(text, entities, start, end, node);
    out.append(node);
    at = Math.max(at, BLOCKS.has(entity.type) && end < to && text[end] === "\n" ? end + 1 : end);
  }
  if (to > at) out.append(text.slice(at, to));
}

/** A fragment; `entities` are sorted by where they begin, the longer first. */
export function rich(text, entities) {
  const out = document.createDocumentFragment();
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  build(text, sorted, 0, text.length, out);
  return out;
}
