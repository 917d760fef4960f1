// Votes on parts of an article: a quiet question below the text of each heading of the second level.
import { ballot } from "./vote.js";

function make(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

/** A group that asks whether the text below a heading helped; its buttons show what was said, and take it back. */
function question(section, heading) {
  const words = section.dataset;
  const own = ballot(section, heading.id);
  const group = make("div", "kb-part");
  const label = make("span", "kb-part__question", words.part);
  const status = make("span", "kb-part__status");
  const buttons = [...section.querySelectorAll(".kb-vote__buttons button")].map(({ value, textContent }) => {
    const button = make("button", "kb-part__button", textContent);
    button.type = "button";
    button.addEventListener("click", () => choose(value === "true"));
    return button;
  });
  const show = () => buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(own.said() === !place)));

  function choose(answer) {
    const isUndone = own.said() === answer;
    own.cast(isUndone ? null : answer);
    show();
    status.textContent = isUndone ? words.undone : words.partThanks;
  }

  label.id = `kb-part-${heading.id}`;
  group.role = "group";
  group.setAttribute("aria-labelledby", `${label.id} ${heading.id}`);
  status.role = "status";
  group.append(label, ...buttons, status);
  show();
  return group;
}

/** The headings that have a part of the article below them. */
function headings(section) {
  const article = section.parentElement;
  const prose = article.querySelector("[data-kb-prose]");
  return [...(prose || article).querySelectorAll(prose ? ":scope > h2[id]" : "h2[id]:not([id^='kb-'])")];
}

/** Puts a question behind the last element of each part. */
export function mount(section) {
  for (const heading of headings(section)) {
    let last = heading;
    while (last.nextElementSibling && !last.nextElementSibling.matches("h1, h2, [class^='kb-']")) last = last.nextElementSibling;
    if (last !== heading) last.after(question(section, heading));
  }
}
