// Search in the browser: BM25F over the entries of the build, loaded when a reader first goes to a search field.

const WEIGHTS = { title: 4, answers: 3, heading: 2, text: 1 };
const K1 = 1.2;
const B = 0.6;
const RERANKED = 60;
const STOP = new Set(
  ("a an are as at be but by can could did do does for from had has have how i if in into is it its me my no not of on or our " +
    "should so such that the their then there these they this to was we were what when where which who why will with would you your").split(" "),
);

/** The words of a text as the index holds them: lower case, without accents, plural endings cut. */
export function words(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) || []).map(stem);
}

function stem(word) {
  if (word.length < 4) return word;
  return word
    .replace(/ies$/, "y")
    .replace(/(sh|ch|x|z|ss)es$/, "$1")
    .replace(/([^s])s$/, "$1")
    .replace(/(.{3,}[^aeiou])(?:ed|ing)$/, "$1")
    .replace(/(.{3,})e$/, "$1");
}

/** Builds the index: postings per word, one document per part of an article. */
export function makeIndex(entries) {
  const documents = [];
  const postings = new Map();
  let total = 0;
  for (const entry of entries) {
    const parts = entry.parts.length ? entry.parts : [{ anchor: "", heading: "", text: "" }];
    parts.forEach((part, number) => {
      const id = documents.length;
      const fields = {
        title: words(entry.title),
        answers: number ? [] : words(entry.answers.join(" ")),
        heading: words(part.heading),
        text: words(number ? part.text : `${entry.description} ${part.text}`),
      };
      let length = 0;
      for (const [name, list] of Object.entries(fields)) {
        length += list.length;
        for (const word of list) {
          if (!postings.has(word)) postings.set(word, new Map());
          const counts = postings.get(word);
          counts.set(id, (counts.get(id) || 0) + WEIGHTS[name]);
        }
      }
      total += length;
      documents.push({ entry, part, length });
    });
  }
  return { documents, postings, average: total / Math.max(1, documents.length) };
}

/** The best part of each article for a query, best first. */
export function find(index, query, limit = 10) {
  const all = words(query);
  const meant = all.filter((word) => !STOP.has(word));
  const asked = meant.length ? meant : all;
  const typing = !/\s$/.test(query);
  const scores = new Map();
  const matched = new Map();
  asked.forEach((word, place) => {
    const best = new Map();
    for (const [known, factor] of candidates(index, word, typing && place === asked.length - 1)) {
      const counts = index.postings.get(known);
      const idf = Math.log(1 + (index.documents.length - counts.size + 0.5) / (counts.size + 0.5));
      for (const [id, weight] of counts) {
        const norm = K1 * (1 - B + (B * index.documents[id].length) / index.average);
        const score = (factor * idf * weight * (K1 + 1)) / (weight + norm);
        if (score > (best.get(id) || 0)) best.set(id, score);
      }
    }
    for (const [id, score] of best) {
      scores.set(id, (scores.get(id) || 0) + score);
      matched.set(id, (matched.get(id) || 0) + 1);
    }
  });
  const best = (a, b) => b[1] - a[1] || a[0] - b[0];
  const ranked = [...scores]
    .map(([id, score]) => [id, score * (0.3 + (0.7 * matched.get(id)) / asked.length)])
    .sort(best)
    .slice(0, RERANKED)
    .map(([id, score]) => [id, score * (1 + sameQuestion(index.documents[id].entry, asked))])
    .sort(best);
  const seen = new Set();
  const hits = [];
  for (const [id, score] of ranked) {
    const { entry, part } = index.documents[id];
    if (seen.has(entry.article)) continue;
    seen.add(entry.article);
    hits.push({ entry, part, score });
    if (hits.length === limit) break;
  }
  return hits;
}

/** How nearly the title or an answer phrase asks the same: shared words (Dice) squared, 0 to 1. */
function sameQuestion(entry, asked) {
  const wanted = new Set(asked);
  const shares = [entry.title, ...entry.answers].map((phrase) => {
    const own = new Set(words(phrase).filter((word) => !STOP.has(word)));
    const shared = [...own].filter((word) => wanted.has(word)).length;
    return (2 * shared) / (own.size + wanted.size || 1);
  });
  return Math.max(...shares) ** 2;
}

/** Known words for a typed one: itself, words it begins, and words one slip away. */
function candidates(index, word, isPrefix) {
  const found = new Map();
  if (index.postings.has(word)) found.set(word, 1);
  if (isPrefix && word.length > 1) {
    for (const known of index.postings.keys()) {
      if (known !== word && known.startsWith(word)) found.set(known, 0.5 * (word.length / known.length));
    }
  }
  if (!found.size && word.length > 3) {
    for (const known of index.postings.keys()) {
      if (oneSlip(word, known)) found.set(known, 0.4);
    }
  }
  return found;
}

/** Whether one letter was left out, added, mistaken or swapped with its neighbour. */
export function oneSlip(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const [left, right] = [endA - start, endB - start];
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

/** A stretch of the part's text around the first word that was asked for. */
export function snippet(hit, query, most = 150) {
  const text = hit.part.text || hit.entry.description;
  const asked = new Set(words(query).filter((word) => !STOP.has(word)));
  let at = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (asked.has(words(match[0])[0])) {
      at = match.index;
      break;
    }
  }
  const start = at > 60 ? text.lastIndexOf(" ", at - 40) + 1 : 0;
  const cut = text.slice(start, start + most);
  return (start ? "… " : "") + (start + most < text.length ? `${cut.slice(0, cut.lastIndexOf(" "))} …` : cut);
}

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

function item(root, hit, query) {
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
    let index;
    try {
      index = await load(root);
    } catch {
      return; // the form still leads to the page that lists everything
    }
    if (query !== input.value) return;
    const hits = find(index, query, 6);
    list.replaceChildren(...hits.map((hit) => item(root, hit, query)));
    status.textContent = hits.length ? "" : "Nothing found yet. Press Enter to browse all articles.";
    box.hidden = false;
  }

  input.addEventListener("focus", () => load(root).catch(() => {}), { once: true });
  input.addEventListener("input", show);
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

/** The results page: what `?q=` asks for; without a question it lists every article. */
export async function mountResults(section) {
  const query = new URLSearchParams(location.search).get("q") || "";
  const root = section.dataset.root;
  document.querySelectorAll("[data-kb-search] input").forEach((input) => (input.value = query));
  if (!query.trim()) return;
  let hits;
  try {
    hits = find(await load(root), query, 20);
  } catch {
    return;
  }
  section.querySelector("ol").replaceChildren(...hits.map((hit) => item(root, hit, query)));
  section.querySelector("[role=status]").textContent = hits.length
    ? `${hits.length} article${hits.length === 1 ? "" : "s"} for “${query}”`
    : `Nothing found for “${query}”. Browse all articles below, or talk to a person.`;
  section.hidden = false;
  document.querySelector("[data-kb-browse]").hidden = hits.length > 0;
}
