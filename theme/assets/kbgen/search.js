// Search in the page: suggestions below a field, and the results page. The index is loaded at the first focus.
import { fill } from "./main.js";
import { find, makeIndex, snippet } from "./search-index.js";

const indexes = new Map();

function load(root) {
  if (!indexes.has(root)) {
    const loading = fetch(`${root}/search/entries.json`)
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
      .then((data) => makeIndex(data.entries));
    loading.catch(() => indexes.delete(root));
    indexes.set(root, loading);
  }
  return indexes.get(root);
}

function address(root, hit) {
  return `${root}/${hit.entry.url}${hit.part.anchor ? `#${hit.part.anchor}` : ""}`;
}

/** The best hits of the site at `root` for a query. */
export async function hitsFor(root, query, most) {
  return find(await load(root), query, most);
}

/** How many there are, in the words of an element. */
function tally(words, count, query) {
  return fill(count ? (count === 1 ? words.one : words.other) : words.none, { count, query });
}

export function item(root, hit, query) {
  const li = document.createElement("li");
  const link = document.createElement("a");
  link.href = address(root, hit);
  link.textContent = hit.entry.title;
  link.className = "kb-hit__title";
  const where = document.createElement("span");
  where.className = "kb-hit__where";
  where.textContent = [hit.entry.section, hit.part.heading].filter(Boolean).join(" › ");
  const text = document.createElement("span");
  text.className = "kb-hit__text";
  text.textContent = snippet(hit, query);
  li.append(link, where, text);
  return li;
}

/** Suggestions below a search field while a reader types; the form itself leads to the results page. */
export function mount(form) {
  const input = form.querySelector("input");
  const root = form.dataset.root;
  const box = document.createElement("div");
  box.className = "kb-suggest";
  box.hidden = true;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  status.className = "kb-suggest__status";
  status.setAttribute("role", "status");
  box.append(list, status);
  form.append(box);

  async function show() {
    const query = input.value;
    if (query.trim().length < 2) {
      box.hidden = true;
      return;
    }
    let hits;
    try {
      hits = await hitsFor(root, query, 6);
    } catch {
      return; // the form still leads to the page that says where else to look
    }
    if (query !== input.value) return;
    list.replaceChildren(...hits.map((hit) => item(root, hit, query)));
    box.hidden = false;
    status.textContent = tally(form.dataset, hits.length, query);
  }

  load(root).catch(() => {});
  input.addEventListener("input", show);
  show();
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      box.hidden = true;
      input.focus();
    }
    const links = [...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || box.hidden || !links.length) return;
    event.preventDefault();
    const next = links.indexOf(document.activeElement) + step;
    (next < 0 ? input : links[Math.min(next, links.length - 1)]).focus();
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) box.hidden = true;
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target)) box.hidden = true;
  });
}

/** The results page: what `?q=` asks for; without a question it stays as it was built. */
export async function mountResults(section) {
  const query = new URLSearchParams(location.search).get("q") || "";
  const root = section.dataset.root;
  document.querySelectorAll("[data-kb-search] input").forEach((input) => (input.value = query));
  if (!query.trim()) return;
  document.querySelectorAll("a[data-kb-contact]").forEach((link) => {
    link.search = new URLSearchParams({ searched: query });
  });
  const status = section.querySelector("[role=status]");
  section.hidden = false;
  try {
    const hits = await hitsFor(root, query, 20);
    section.querySelector("ol").replaceChildren(...hits.map((hit) => item(root, hit, query)));
    status.textContent = tally(section.dataset, hits.length, query);
    document.querySelector("[data-kb-browse]").hidden = hits.length > 0;
  } catch {
    status.textContent = section.dataset.failed;
  }
}
