// Mounts each behaviour where the page has a place for it. Everything on the page works without this file.

const all = (selector) => [...document.querySelectorAll(selector)];

const load = (name) => import(`./${name}.js`);

const MODULES = {
  "[data-kb-vote]": "vote",
  "[data-kb-hours]": "hours",
  "[data-kb-video]": "video",
  "[data-kb-contact-form]": "contact",
  "[data-mermaid]": "diagrams",
};

/** The words of `text` with `{name}` replaced. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** What this device remembers under a name; `null` where the browser keeps nothing. */
function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // a browser that keeps nothing asks again on the next page
  }
}

/** The button that changes between light and dark. */
function mountScheme(button) {
  const root = document.documentElement;
  const dark = () => (root.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const say = () => {
    button.ariaLabel = dark() ? button.dataset.light : button.dataset.dark;
    button.title = button.ariaLabel;
  };
  button.addEventListener("click", () => {
    root.dataset.scheme = dark() ? "light" : "dark";
    remember("kbgen.scheme", root.dataset.scheme);
    say();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", say);
  say();
  button.hidden = false;
}

/** Closes an announcement that was closed before or has ended since the site was built. */
function mountAnnouncement(banner) {
  const { kbAnnouncement: id, ends } = banner.dataset;
  const closed = () => (remembered("kbgen.closed") || "").split(" ");
  const today = new Date().toLocaleDateString("sv"); // year-month-day
  const around = banner.parentElement;
  const drop = () => {
    banner.remove();
    if (!around.childElementCount) around.remove();
  };
  if (closed().includes(id) || (ends && ends < today)) return drop();
  const button = banner.querySelector("[data-kb-dismiss]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    remember("kbgen.closed", [...closed().slice(-9), id].join(" ").trim());
    drop();
    document.getElementById("kb-main")?.focus();
  });
}

const status = document.createElement("p");
status.className = "kb-hidden";
status.role = "status";
document.querySelector("main")?.append(status);

/** Puts a text on the clipboard; the button shows it for a while, and the page's status says it; false where it may not. */
async function copy(button, text, label, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return false; // the reader's browser does not allow it
  }
  button.textContent = status.textContent = done;
  setTimeout(() => {
    button.textContent = label;
    status.textContent = "";
  }, 2000);
  return true;
}

/** What is wider than its place can be focused, so that the arrow keys can scroll it. */
export function letScroll(wide) {
  if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  else wide.removeAttribute("tabindex");
}

/** The words of a heading, without the sign that links to it. */
function titleOf(heading) {
  const words = [...heading.childNodes].filter((node) => !node.classList?.contains("headerlink"));
  return words.map((node) => node.textContent).join("").trim();
}

/** A button on each block of code, and headings whose sign copies their address. */
function mountProse(prose) {
  const words = prose.dataset;
  if (navigator.clipboard) {
    prose.querySelectorAll("pre:not(.mermaid) > code").forEach((code) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "kb-copy";
      button.textContent = words.copy;
      button.addEventListener("click", () => copy(button, code.textContent, words.copy, words.copied));
      code.parentElement.append(button);
    });
    prose.querySelectorAll(".headerlink").forEach((sign) => {
      sign.ariaLabel = fill(words.link, { title: titleOf(sign.parentElement) });
      const label = sign.textContent;
      sign.addEventListener("click", () => copy(sign, sign.href, label, `${label} ${words.linked}`));
    });
  }
  const sizes = new ResizeObserver((changed) => changed.forEach(({ target }) => letScroll(target)));
  prose.querySelectorAll("pre, .kb-scroll, math, .kb-diagram").forEach((wide) => sizes.observe(wide));
  if (prose.querySelector("img")) load("lightbox").then(({ mount }) => mount(prose));
}

/** The link to the article as Markdown becomes a button that copies it. */
function mountMarkdown(link) {
  if (!navigator.clipboard) return;
  link.textContent = link.dataset.label;
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const response = await fetch(link.href).catch(() => ({ ok: false }));
    const copied = response.ok && (await copy(link, await response.text(), link.dataset.label, link.dataset.copied));
    if (!copied) location.href = link.href; // some browsers let nobody copy after a wait
  });
}

function mountPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

/** Search comes with the first focus: until then nobody waits for it. */
function mountSearch(form) {
  const input = form.querySelector("input");
  Object.assign(input, { role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list", ariaKeyShortcuts: "/" });
  const start = () => load("search").then(({ mount }) => mount(form));
  if (form.contains(document.activeElement)) start(); // a reader who was quicker than this file
  else form.addEventListener("focusin", start, { once: true });
}

/** A slash leads to the search field from wherever nobody is typing. */
function focusSearch(event) {
  const input = document.querySelector("[data-kb-search] input");
  const isTyped = event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || isTyped || !input) return;
  event.preventDefault();
  input.focus();
  input.select();
}

document.addEventListener("keydown", focusSearch);
all("[data-kb-scheme]").forEach(mountScheme);
all("[data-kb-announcement]").forEach(mountAnnouncement);
all("[data-kb-prose]").forEach(mountProse);
all("[data-kb-copy-markdown]").forEach(mountMarkdown);
all("[data-kb-print]").forEach(mountPrint);
all("[data-kb-search]").forEach(mountSearch);
all("[data-kb-results]").forEach((section) => load("search-page").then(({ mount }) => mount(section)));
for (const [selector, name] of Object.entries(MODULES)) {
  const places = all(selector);
  if (places.length) load(name).then(({ mount }) => places.forEach(mount));
}
if (remembered("kbgen.votes")) load("vote").then(({ deliver }) => deliver());
