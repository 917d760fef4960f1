// Where the answers come from: the index of the page's language, opened once; and who is told what was asked.
import { load } from "./search-files.js";

const LONGEST = 200;
const LED = "kbgen.led";
const MOST_LED = 10;
const INVISIBLE = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;
const opened = new Map();
let reports;
let loading;

/** What a text asks for: without signs that turn the text around it, and of a length that a question has. */
export function asked(text) {
  const plain = text.slice(0, 8 * LONGEST).replace(/\s+/g, " ").replace(INVISIBLE, "").trim();
  return [...plain].slice(0, LONGEST).join("").trim();
}

/** The language that a page is searched in: its own, which a link to the results names where the site has another. */
function language() {
  const named = document.querySelector("[data-kb-search] [name=lang]")?.value;
  return new URLSearchParams(location.search).get("lang") || named || document.documentElement.lang || "en";
}

/** The index of the site at `root`; rejects where it cannot be loaded, and tries anew the next time. */
export function indexOf(root) {
  if (!opened.has(root)) {
    const opening = open(root);
    opening.catch(() => opened.delete(root));
    opened.set(root, opening);
  }
  return opened.get(root);
}

/** The index of the page's language, or where the site has none, that of the site's own. */
async function open(root) {
  const { openIndex } = await import("./search-engine.js");
  const own = document.documentElement.lang || "en";
  const indexIn = (lang) => openIndex(lang, (name) => load(root, name));
  const lang = language().replace(/[^\w-]/g, "");
  return lang === own ? indexIn(own) : indexIn(lang).catch(() => indexIn(own));
}

/** The address of the results for a query. */
export function resultsAt(root, query) {
  const lang = language();
  const more = lang === document.documentElement.lang ? {} : { lang };
  return `${root}/search.html?${new URLSearchParams({ q: query, ...more })}`;
}

/** Keeps until the tab is closed which search led to which page, where a vote may say so. */
export function lead(form, query, link) {
  if (form.dataset.leads === undefined) return;
  try {
    const path = new URL(link.href).pathname;
    const others = JSON.parse(sessionStorage.getItem(LED) || "[]").filter(([other]) => other !== path);
    sessionStorage.setItem(LED, JSON.stringify([...others, [path, query]].slice(-MOST_LED)));
  } catch {
    // a browser that keeps nothing says nothing of it
  }
}

/** Tells the reports what became of a search, on a site that has switched them on. */
export function tell(form, event, ...facts) {
  const service = form.dataset.reports;
  const say = () => reports[event](service, ...facts);
  if (!service) return;
  if (reports) return say(); // at once: the page may be left in a moment
  loading ??= import("./search-report.js").then((module) => (reports = module));
  loading.then(say);
}
