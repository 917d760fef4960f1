// The search field of a page: suggestions while a reader types, recent searches while it is empty. It loads at the first focus.
import { make, option, ordered, sentence, tally, unknown } from "./search-hit.js";
import { mountList } from "./search-list.js";
import { forget, recent, remember } from "./search-recent.js";
import { asked, indexOf, lead, resultsAt, tell } from "./search-source.js";

const SHOWN = 5;
const PAUSE = 80;
const SPOKEN_AFTER = 600;
const LETTER = /^[\u0000-\u024f]$/;

/** Suggestions below the field of a form, which itself leads to the results page. */
export function mount(form) {
  const input = form.querySelector("input");
  const { root } = form.dataset;
  const words = JSON.parse(form.dataset.words);
  const list = mountList(form, input);
  const status = make("p", "kb-hidden");
  const besideResults = document.querySelector("[data-kb-results]") !== null; // these change and speak for themselves
  let latest = 0;
  let pause = 0;
  let speech;
  let found = null;
  status.role = "status";
  form.append(status);

  function say(...nodes) {
    clearTimeout(speech);
    if (!besideResults) speech = setTimeout(() => status.replaceChildren(...nodes), SPOKEN_AFTER);
  }

  function close() {
    latest++; // an answer that is still on its way comes too late
    clearTimeout(pause);
    list.close();
    say();
  }

  async function suggest() {
    const turn = ++latest;
    const query = asked(input.value);
    clearTimeout(pause);
    pause = 0;
    if (!query || LETTER.test(query)) return query ? list.close() : showRecent();
    const answer = await answerTo(query).catch(() => null);
    if (turn !== latest) return;
    if (list.isPressed()) return void (pause = setTimeout(suggest, PAUSE)); // what is being clicked stays where it is
    found = answer && { query, total: answer.total };
    if (answer) showAnswer(query, answer);
    else list.show([], { above: [words.failed] });
  }

  async function answerTo(query) {
    return (await indexOf(root)).search(query, { limit: SHOWN, typing: !/\s$/.test(input.value) });
  }

  function showAnswer(query, answer) {
    const options = ordered(answer).slice(0, SHOWN).map(([hit, isBest]) => option(root, hit, words, isBest));
    options.forEach((link) => link.addEventListener("click", () => opened(link, query, answer.total)));
    if (answer.total > options.length) options.push(searchLink(query, [make("strong", "", ...sentence(words.all, { count: answer.total }))]));
    const count = () => tally(words, Math.min(answer.total, SHOWN), { query });
    const correction = () => (answer.corrected ? sentence(`${words.corrected} `, { query: unknown(answer), corrected: answer.corrected }) : []);
    list.show(options, { above: options.length ? correction() : count() });
    say(...correction(), ...count());
    tell(form, "stands", query, answer.total);
  }

  function opened(link, query, total) {
    remember(query);
    lead(form, query, link);
    tell(form, "opened", query, total);
  }

  function searchLink(query, content) {
    const link = make("a", "kb-hit kb-hit--search", ...content);
    link.href = resultsAt(root, query);
    link.addEventListener("click", () => sent(query));
    return link;
  }

  /** The results page counts a search that goes there. */
  function sent(query) {
    remember(query);
    if (!besideResults) tell(form, "sent", query);
  }

  function showRecent() {
    tell(form, "stopped");
    say();
    const queries = recent();
    const clear = make("button", "kb-suggest__clear", words.clear);
    clear.type = "button";
    clear.addEventListener("click", () => {
      forget();
      input.focus();
      close();
    });
    const links = queries.map((query) => searchLink(query, [make("bdi", "", query)]));
    if (links.length) list.show(links, { above: [words.recent], below: [clear] });
    else list.close();
  }

  const keys = {
    ArrowDown: (event) => walk(event, 1),
    ArrowUp: (event) => walk(event, -1),
    Home: () => list.rest(),
    End: () => list.rest(),
    Enter(event) {
      const chosen = list.active();
      if (!chosen) return;
      event.preventDefault();
      chosen.click();
    },
    Escape(event) {
      event.preventDefault();
      if (list.isOpen()) return close();
      input.value = "";
      input.dispatchEvent(new Event("input", { bubbles: true }));
      close();
    },
  };

  async function walk(event, step) {
    event.preventDefault();
    if (!list.isOpen() || pause) await suggest();
    list.move(step);
  }

  input.addEventListener("keydown", (event) => {
    if (!event.isComposing && !event.ctrlKey && !event.metaKey) keys[event.key]?.(event);
  });
  input.addEventListener("input", () => {
    clearTimeout(pause);
    if (!besideResults || !input.value) pause = setTimeout(suggest, PAUSE);
    else close();
  });
  input.addEventListener("focus", () => input.value || showRecent());
  form.addEventListener("submit", () => {
    close();
    sent(asked(input.value));
  });
  form.addEventListener("focusout", (event) => event.relatedTarget && !form.contains(event.relatedTarget) && close());
  document.addEventListener("click", (event) => form.contains(event.target) || close());

  indexOf(root).catch(() => {});
  tell(form, "stopped"); // so that the reports are there before the first option can be opened
  if (document.activeElement === input && !(besideResults && input.value)) suggest();
}
