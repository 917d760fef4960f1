// The results page: what its address asks for, kept in step with the field; and where else to look when nothing is found.
import { item, make, ordered, sentence, tally, unknown } from "./search-hit.js";
import { remember } from "./search-recent.js";
import { asked, indexOf, lead, tell } from "./search-source.js";

const STEP = 10;
const PAUSE = 150;
const NEAREST = 3;
const FACETS = ["products", "audience"];

/** The articles that come nearest where nothing was found: without the filters, else by the beginnings of the words. */
async function nearest(index, query, filters, hits) {
  if (hits.length) return hits;
  if (Object.keys(filters).length) {
    const { hits } = await index.search(query, { limit: NEAREST });
    if (hits.length) return hits;
  }
  const beginnings = query.split(" ").filter((word) => word.length > 4).map((word) => word.slice(0, Math.ceil(0.7 * word.length)));
  for (const beginning of beginnings) {
    const { hits } = await index.search(beginning, { limit: NEAREST, typing: true });
    if (hits.length) return hits;
  }
  return [];
}

/** Makes the results follow the field and the address. */
export function mount(section) {
  const form = document.querySelector("[data-kb-search]");
  const input = form.querySelector("input");
  const { root } = section.dataset;
  const words = { ...JSON.parse(form.dataset.words), ...JSON.parse(section.dataset.words) };
  const [status, list, more, filters] = ["[role=status]", "ol", "[data-kb-more]", "[data-kb-filters]"].map((part) =>
    section.querySelector(part),
  );
  const browse = document.querySelector("[data-kb-browse]");
  const title = document.title;
  let settled = location.href;
  let shown = STEP;
  let latest = 0;
  let total = 0;
  let pause;

  function chosen() {
    const fields = [...filters.querySelectorAll("select")].filter((field) => field.value);
    return Object.fromEntries(fields.map((field) => [field.name, field.value]));
  }

  function address() {
    const query = asked(input.value);
    const parameters = new URLSearchParams({ ...(query ? { q: query } : {}), ...chosen() });
    return `${location.pathname}${String(parameters) && `?${parameters}`}`;
  }

  function keepAddress(how, url = address()) {
    try {
      history[how]({ shown }, "", url);
    } catch {
      // a browser that is asked too often keeps the address it has
    }
  }

  /** A search that was sent has its own place in the history, behind the one before it. */
  function settle() {
    const url = new URL(address(), location.href).href;
    if (url !== settled) {
      keepAddress("replaceState", settled);
      keepAddress("pushState", url);
    }
    settled = url;
    remember(asked(input.value));
  }

  function carry(query) {
    document.title = query ? `${query} - ${title}` : title;
    document.querySelectorAll("a[data-kb-contact]").forEach((link) => {
      link.search = query ? new URLSearchParams({ searched: query }) : "";
    });
  }

  /** The sections, and before them the people, for whoever found nothing. */
  function helpOn(foundNothing) {
    const channels = document.querySelector(".kb-channels");
    browse.hidden = !foundNothing;
    if (channels) browse[foundNothing && !section.hidden ? "before" : "after"](channels);
  }

  function rest() {
    section.hidden = true;
    helpOn(true);
    tell(form, "stopped");
  }

  /** Shows what is asked for now; tells the reports so as `event`. */
  async function show(event, typing = false) {
    const turn = ++latest;
    const query = asked(input.value);
    carry(query);
    if (!query) return rest();
    if (section.hidden) status.replaceChildren(words.loading);
    section.hidden = false;
    const answer = await answerTo(query, typing).catch(() => null);
    if (turn !== latest) return;
    if (answer) showAnswer(query, answer);
    else showFailure();
    if (answer && event) tell(form, event, query, answer.total);
  }

  async function answerTo(query, typing) {
    const index = await indexOf(root);
    offer(index.facets);
    const answer = await index.search(query, { limit: shown, typing, filters: chosen() });
    return { ...answer, near: answer.total ? [] : await nearest(index, query, chosen(), answer.hits) };
  }

  function showAnswer(query, answer) {
    const { corrected, near, hits } = answer;
    total = answer.total;
    const said = [make("p", "kb-results__count", ...tally(words, total, { query }))];
    if (corrected && total) said.unshift(make("p", "", ...sentence(words.corrected, { query: unknown(answer), corrected: meant(corrected) })));
    if (near.length) said.push(make("p", "kb-results__near", words.nearest));
    status.replaceChildren(...said);
    const pairs = near.length ? near.map((hit) => [hit, false]) : ordered(answer);
    list.replaceChildren(...pairs.map(([hit, isBest]) => item(root, hit, words, isBest)));
    section.toggleAttribute("data-found", total > 0);
    more.hidden = total <= hits.length;
    helpOn(total === 0);
  }

  function showFailure() {
    status.replaceChildren(words.failed);
    list.replaceChildren();
    more.hidden = true;
    helpOn(true);
  }

  /** The corrected text as a link that asks for it. */
  function meant(text) {
    const link = make("a", "", text);
    link.href = `?${new URLSearchParams({ ...chosen(), q: text })}`;
    return link;
  }

  /** A field for each property that the index can be narrowed by, once. */
  function offer(facets = {}) {
    if (filters.childElementCount) return;
    const asks = new URLSearchParams(location.search);
    for (const name of FACETS.filter((facet) => facets[facet]?.length)) {
      const options = ["", ...facets[name]].map((value) => new Option(value || words.any, value));
      const field = make("select", "", ...options);
      field.name = name;
      field.value = facets[name].includes(asks.get(name)) ? asks.get(name) : "";
      filters.append(make("label", "kb-filter", make("span", "", words[name]), field));
    }
    filters.hidden = !filters.childElementCount;
  }

  /** Takes query, filters and number of results from the address. */
  function read() {
    const asks = new URLSearchParams(location.search);
    input.value = asks.get("q") || "";
    filters.querySelectorAll("select").forEach((field) => (field.value = asks.get(field.name) || ""));
    shown = history.state?.shown || STEP;
    settled = location.href;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    shown = STEP;
    settle();
    show("submitted");
  });
  input.addEventListener("input", () => {
    clearTimeout(pause);
    shown = STEP;
    pause = setTimeout(() => {
      keepAddress("replaceState");
      show("stands", true);
    }, PAUSE);
  });
  filters.addEventListener("change", () => {
    shown = STEP;
    settle();
    show();
  });
  more.addEventListener("click", async () => {
    const first = list.childElementCount;
    shown += STEP;
    keepAddress("replaceState");
    await show();
    list.children[first]?.querySelector("a").focus();
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    remember(asked(input.value));
    lead(form, asked(input.value), link);
    tell(form, "opened", asked(input.value), total);
  });
  addEventListener("popstate", () => {
    read();
    show();
  });

  tell(form, "stopped"); // so that the reports are there before the first result can be opened
  const isNew = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  const typed = input.value; // by a reader who was quicker than this file
  read();
  input.value = typed || input.value;
  if (isNew && document.referrer.startsWith(location.origin)) remember(asked(input.value)); // sent before the field was ready
  show(isNew && "submitted");
}
