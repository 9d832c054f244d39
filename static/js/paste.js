// Pasting from Word, or from a page, into the text of a section: headings, lists, tables, bold, italics and links become
// our Markdown, and nothing else comes in. Without this script plain text is pasted, as ever.

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE TBODY TD TFOOT TH THEAD TR UL".split(" "),
);
const SKIPPED = new Set("BUTTON SCRIPT STYLE HEAD META LINK TITLE XML TEMPLATE NOSCRIPT OBJECT IFRAME SVG IMG DEL".split(" "));
const MOST_COLUMNS = 60;
// More than any chapter has: what is larger would stop the browser for seconds, and is refused with a sentence.
const MOST_LETTERS = 5_000_000;
const MOST_ELEMENTS = 20_000;
const MOST_UNDONE = 500; // lines
const MOST_WRITTEN = 100_000; // a section holds 60,000
const MOST_CELLS = 20_000;
const DEEPEST_ELEMENT = 100;
const DEEPEST = 3;

class TooMuch extends Error {}

const fold = (text) => text.replace(/[\s\u00a0]+/g, " ");

const escaped = (text) =>
  text
    .replace(/([\\`*[\]|{])/g, "\\$1")
    .replace(/(^|[^\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (found) => found.replace("_", "\\_"))
    .replace(/<(?=[A-Za-z/!?])/g, "\\<")
    .replace(/&(?=#|[A-Za-z][A-Za-z0-9]*;)/g, "\\&");

// A line that begins like a heading, a list, a quotation, a caption or a source stays what it is.
const lineStart = (line) =>
  line
    .trim()
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2")
    .replace(/^(?=(?:#{1,6}(?:\s|$)|[-+](?:\s|$)|>|=+\s*$|-+\s*$|~{3,}))/, "\\");

// The policy of the page holds for what is parsed too: styles are read here, and never applied, under another name.
const LOOK = "data-look";

const harmless = (html) =>
  html
    .replace(/<(style|script)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${LOOK}=`).replace(/\son\w+\s*=/gi, " data-act="));

// What our own page offers to be written stands in `data-token`. Anything else with double brackets is words.
const OURS = /^(?:\{\{[^{}\n]{1,160}\}\}|\[\[[^[\]\n]{1,160}\]\])$/;

const tokenOf = (element) => {
  const text = fold(element.textContent).trim();
  return element.hasAttribute("data-token") && OURS.test(text) ? text : "";
};

const style = (element) => (element.getAttribute(LOOK) || "").toLowerCase();

const isIgnored = (element) => /mso-list:\s*ignore/.test(style(element)) || /mso-hide:\s*all|display:\s*none/.test(style(element));

const looks = (element, look) => {
  const said = style(element);
  const weight = /(?:^|[;\s])font-weight:\s*(\w+)/.exec(said);
  const slant = /(?:^|[;\s])font-style:\s*(\w+)/.exec(said);
  return {
    bold: weight ? /bold|[6-9]00/.test(weight[1]) : look.bold || ["B", "STRONG"].includes(element.tagName),
    italic: slant ? /italic|oblique/.test(slant[1]) : look.italic || ["I", "EM"].includes(element.tagName),
  };
};

const address = (element) => {
  const href = (element.getAttribute("href") || "").trim();
  return /^https:\/\/[^\s<>]+\.[^\s<>]+$|^mailto:[^\s<>@]+@[^\s<>@]+$/i.test(href) ? href : "";
};

// The words of an element, as pieces of one look. A break is a piece of its own. Lists in it are put into `lists`, if given.
const pieces = (node, look, found, counts, lists) => {
  for (const part of node.childNodes) {
    if (part.nodeType === Node.TEXT_NODE) found.push({ text: fold(part.data), ...look });
    if (part.nodeType !== Node.ELEMENT_NODE) continue;
    const tag = part.tagName.toUpperCase();
    if (tag === "IMG") counts.pictures += 1;
    if (SKIPPED.has(tag) || isIgnored(part)) continue;
    if (tokenOf(part)) found.push({ text: tokenOf(part), ...look, isToken: true });
    else if (tag === "BR") found.push({ text: "\n", ...look });
    else if (lists && (tag === "UL" || tag === "OL")) lists.push(part);
    else {
      const href = tag === "A" ? address(part) : "";
      if (tag === "A" && part.getAttribute("href") && !href && part.textContent.trim()) counts.links += 1;
      if (BLOCKS.has(tag)) found.push({ text: " ", ...look });
      pieces(part, { ...looks(part, look), href: href || look.href }, found, counts, lists);
      if (BLOCKS.has(tag)) found.push({ text: " ", ...look });
    }
  }
  return found;
};

const joined = (found) => {
  const made = [];
  for (const piece of found) {
    const last = made.at(-1);
    const isSame = last && last.isToken === piece.isToken && last.bold === piece.bold && last.italic === piece.italic && last.href === piece.href;
    if (isSame) last.text += piece.text;
    else made.push({ ...piece });
  }
  return made;
};

const marked = (piece, after) => {
  const inner = piece.text.trim();
  if (!inner) return piece.text;
  const start = piece.text.indexOf(inner);
  const before = piece.text.slice(0, start);
  const end = piece.text.slice(start + inner.length);
  let text = piece.isToken ? inner : escaped(inner);
  if (piece.href) text = `[${text.replaceAll("\n", " ")}](<${piece.href}>)`;
  // Emphasis may not reach over a break, nor end within a word.
  const endsInWord = !end && /^[\p{L}\p{N}]/u.test(after);
  const mark = endsInWord ? "" : "*".repeat(2 * Boolean(piece.bold) + Boolean(piece.italic));
  if (mark) text = text.split("\n").map((line) => (line.trim() ? `${mark}${line.trim()}${mark}` : line)).join("\n");
  return before + text + end;
};

const inline = (node, counts, isOneLine, lists) => {
  const found = joined(pieces(node, { bold: false, italic: false, href: "" }, [], counts, lists));
  const text = found.map((piece, place) => marked(piece, found[place + 1]?.text ?? "")).join("");
  const lines = text.split("\n").map((line) => fold(line).trim()).filter(Boolean);
  return isOneLine ? lines.join(" ") : lines.map(lineStart).join("\\\n");
};

const plain = (node) => fold(joined(pieces(node, {}, [], { pictures: 0, links: 0 })).map((piece) => piece.text).join("")).trim();

// A table: every row as wide as the widest, merged cells spread over what they covered.
const table = (element, counts) => {
  const rows = [];
  const given = [...element.rows];
  let cells = 0;
  given.forEach((row, y) => {
    rows[y] ??= [];
    let x = 0;
    for (const cell of row.cells) {
      while (rows[y][x] !== undefined) x += 1;
      const said = inline(cell, counts, true);
      const text = y ? said : said.replace(/^\*{2,3}(.*?)\*{2,3}$/, "$1"); // headings are bold anyway
      const wide = Math.min(cell.colSpan || 1, MOST_COLUMNS);
      const high = Math.min(cell.rowSpan || 1, given.length - y);
      cells += wide * high;
      if (cells > MOST_CELLS) throw new TooMuch();
      if (wide > 1 || high > 1) counts.merged += 1;
      for (let down = 0; down < high; down += 1) {
        rows[y + down] ??= [];
        for (let right = 0; right < wide; right += 1) rows[y + down][x + right] = text;
      }
      x += wide;
    }
  });
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width * rows.length > MOST_CELLS) throw new TooMuch();
  if (!width || rows.every((row) => row.every((text) => !text))) return "";
  if (width === 1 && rows.length === 1) return lineStart(rows[0][0]);
  const line = (row) => `| ${Array.from({ length: width }, (_, x) => row[x] ?? "").join(" | ")} |`;
  const [head, ...body] = rows;
  return [line(head), `|${" --- |".repeat(width)}`, ...body.map(line)].join("\n");
};

const wordLevel = (element) => {
  const found = /mso-list:[^;]*\blevel(\d)/.exec(style(element));
  return found ? Number(found[1]) : 0;
};

// Word's own lists are paragraphs: their mark stands in a span that says it is to be ignored.
const wordItem = (element) => {
  const span = [...element.querySelectorAll(`[${LOOK}]`)].find((part) => /mso-list:\s*ignore/.test(style(part)));
  const mark = span ? fold(span.textContent).trim() : "";
  return { depth: wordLevel(element) - 1, ordered: /^\(?(?:\d+|[a-z]{1,4})[.)]/i.test(mark), start: Number.parseInt(mark, 10) || 1 };
};

const items = (list) => {
  const lines = [];
  const widths = [];
  const numbers = [];
  for (const { depth, ordered, start, text } of list) {
    const level = Math.min(depth, widths.length, DEEPEST - 1);
    widths.length = Math.min(widths.length, level + 1);
    numbers.length = Math.min(numbers.length, level + 1);
    numbers[level] = (numbers[level] ?? (level ? 0 : start - 1)) + 1;
    const mark = ordered ? `${numbers[level]}.` : "-";
    const indent = " ".repeat(widths.slice(0, level).reduce((sum, width) => sum + width, 0));
    widths[level] = mark.length + 1;
    lines.push(`${indent}${mark} ${text.replaceAll("\n", `\n${indent}${" ".repeat(mark.length + 1)}`)}`);
  }
  return lines.join("\n");
};

class Reader {
  constructor() {
    this.blocks = [];
    this.list = [];
    this.counts = { pictures: 0, links: 0, merged: 0 };
    this.hasForm = false;
  }

  add(text) {
    this.end();
    if (text) this.blocks.push(text);
  }

  end() {
    if (this.list.length) this.blocks.push(items(this.list));
    this.list = [];
  }

  item(depth, ordered, start, text) {
    this.hasForm = true;
    if (!depth && this.list.length && this.list[0].ordered !== ordered) this.end();
    if (text) this.list.push({ depth, ordered, start, text });
  }

  // Children of a block: runs of words between blocks are paragraphs.
  inside(node) {
    let loose = null;
    const flush = () => {
      if (loose) this.paragraph(loose);
      loose = null;
    };
    for (const part of node.childNodes) {
      const isBlock = part.nodeType === Node.ELEMENT_NODE && (BLOCKS.has(part.tagName.toUpperCase()) || part.querySelector("p,table,ul,ol,h1,h2,h3,h4,div"));
      if (isBlock) {
        flush();
        this.block(part);
      } else if (part.nodeType === Node.ELEMENT_NODE || part.nodeType === Node.TEXT_NODE) {
        loose ??= document.implementation.createHTMLDocument("").createElement("p");
        loose.append(part.cloneNode(true));
      }
    }
    flush();
  }

  paragraph(element) {
    const text = inline(element, this.counts, false);
    if (!text) return;
    if (/\*|\]\(</.test(text)) this.hasForm = true;
    this.add(text);
  }

  block(element) {
    const tag = element.tagName.toUpperCase();
    if (SKIPPED.has(tag) || isIgnored(element)) {
      if (tag === "IMG") this.counts.pictures += 1;
      return;
    }
    if (/^H[1-6]$/.test(tag)) this.heading(tag, element);
    else if (tag === "TABLE") {
      this.hasForm = true;
      this.add(table(element, this.counts));
    } else if (tag === "UL" || tag === "OL") {
      this.htmlList(element, 0);
    } else if (tag === "P" && wordLevel(element)) {
      const { depth, ordered, start } = wordItem(element);
      this.item(depth, ordered, start, inline(element, this.counts, false));
    } else if (tag === "BLOCKQUOTE") {
      const inner = new Reader();
      inner.counts = this.counts;
      inner.inside(element);
      inner.end();
      this.add(inner.blocks.join("\n\n").split("\n").map((line) => `> ${line}`.trimEnd()).join("\n"));
    } else if (tag === "P" || tag === "PRE") this.paragraph(element);
    else this.inside(element);
  }

  heading(tag, element) {
    this.hasForm = true;
    const words = escaped(plain(element));
    if (words) this.add(`${tag <= "H2" ? "##" : "###"} ${words}`);
  }

  htmlList(element, depth) {
    const ordered = element.tagName.toUpperCase() === "OL";
    for (const entry of element.childNodes) {
      const lists = [];
      this.item(depth, ordered, element.start || 1, inline({ childNodes: [entry] }, this.counts, false, lists));
      lists.forEach((inner) => this.htmlList(inner, depth + 1));
    }
    if (!depth) this.end();
  }
}

const toMarkdown = (html) => {
  if (html.length > MOST_LETTERS) throw new TooMuch();
  const { body } = new DOMParser().parseFromString(harmless(html), "text/html"); // inert: nothing in it runs or is fetched
  const isDeep = body.querySelector("* > ".repeat(DEEPEST_ELEMENT) + "*");
  if (isDeep || body.getElementsByTagName("*").length > MOST_ELEMENTS) throw new TooMuch();
  const counts = { pictures: 0, links: 0, merged: 0 };
  // One line of our list, as three clicks copy it: the token is meant, and not what it stands for today beside it.
  const ours = [...body.querySelectorAll("[data-token]")].map(tokenOf).filter(Boolean);
  if (ours.length === 1 && fold(body.textContent).trim().startsWith(ours[0])) return { text: ours[0], counts, isToken: true };
  const reader = new Reader();
  reader.inside(body);
  reader.end();
  const text = reader.blocks.join("\n\n");
  if (text.length > MOST_WRITTEN) throw new TooMuch();
  return { text, counts: reader.counts, hasForm: reader.hasForm };
};

const insert = (box, text) => {
  const before = box.value.slice(0, box.selectionStart);
  const after = box.value.slice(box.selectionEnd);
  const start = before && !before.endsWith("\n\n") && text.includes("\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
  const end = after && !after.startsWith("\n") && text.includes("\n") ? "\n\n" : "";
  // This way the browser can undo it; where it does not know how, the text is put in all the same. It takes seconds for
  // thousands of lines, and then that is worth more than undoing.
  const isLong = text.split("\n").length > MOST_UNDONE;
  if (isLong || !document.execCommand("insertText", false, start + text + end)) {
    box.setRangeText(start + text + end, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

// A fact of the records that is pasted by itself, as from the list under the text, is meant; in other words it is words.
const isFact = (html, plain) => /^\s*\{\{[^{}\n]{1,160}\}\}\s*$/.test(plain) && !/<(?:p|h[1-6]|td)\b/i.test(html);

const asWords = (text) => [
  ...new Set([...text.matchAll(/\\\{\\\{([^{}\n]{1,160})\}\}|\\\[\\\[([^[\]\n]{1,160})\\\]\\\]/g)].map(([found]) => found.replaceAll("\\", ""))),
];

// A table or a picture stands on a line of its own, a fact within one.
const placed = (token) => (token.startsWith("[[") ? `${token}\n` : token);

const TOO_MUCH = "Nothing was pasted: this is too much at once, or has lists, tables or boxes within each other without end. " +
  "Copy a smaller part of it, or paste it as plain text (Ctrl, Shift and V).";

const told = ({ pictures, links, merged }, words) => {
  const left = [];
  if (words.length) left.push(`These stand as words, and draw nothing from the records: ${words.join(", ")}.`);
  if (pictures) left.push(`Pictures are uploaded on their own page. Left out here: ${pictures}.`);
  if (links) left.push(`Links that lead to no web address are words now: ${links}.`);
  if (merged) left.push(`The words of merged cells stand in each of the cells that they covered: ${merged}.`);
  return ["Pasted with its headings, lists, tables, bold, italics and links.", ...left].join(" ");
};

const box = document.querySelector("textarea#id_body");

if (box) {
  const status = document.createElement("p");
  status.className = "govuk-hint";
  status.setAttribute("role", "status");
  box.after(status);
  box.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!html) return;
    try {
      const { text, counts, hasForm, isToken } = toMarkdown(html);
      const hasBrackets = text.includes("\\{\\{") && !isFact(html, event.clipboardData.getData("text/plain"));
      if (!text || (!hasForm && !hasBrackets && !counts.pictures && !isToken)) return; // plain words: the browser pastes them as ever
      event.preventDefault();
      insert(box, isToken ? placed(text) : text);
      status.textContent = isToken ? `Pasted: ${text}` : told(counts, asWords(text));
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      event.preventDefault();
      status.textContent = TOO_MUCH;
    }
  });
  for (const code of document.querySelectorAll("code[data-token]")) {
    const button = document.createElement("button");
    const named = document.createElement("span");
    button.type = "button";
    button.className = "app-link-button";
    named.className = "govuk-visually-hidden";
    named.textContent = ` ${code.textContent}`;
    button.append("Insert", named);
    button.addEventListener("click", () => {
      box.focus();
      insert(box, placed(code.textContent));
      status.textContent = `Inserted: ${code.textContent}`;
    });
    code.after(" ", button);
  }
}
