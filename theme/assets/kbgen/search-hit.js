// What a hit looks like: an option of the list below a field, or an item of the results. Every text is set as text.

/** An element with a class and what stands in it. */
export function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

/** The same for text that is read in a direction of its own. */
function written(tag, name, ...children) {
  const element = make(tag, name, ...children);
  element.dir = "auto";
  return element;
}

/** A sentence with its `{names}` filled in; what is filled in never turns the rest around. */
export function sentence(text, values) {
  return text
    .split(/\{(\w+)\}/)
    .map((part, place) => (place % 2 ? (part in values ? make("bdi", "", values[part]) : `{${part}}`) : part));
}

/** The words that no article has, of an answer to something else. */
export function unknown(answer) {
  return answer.corrections.map(([typed]) => typed).join(" ");
}

/** The words for a number of things. */
export function tally(words, count, values) {
  return sentence(count ? (count === 1 ? words.one : words.other) : words.none, { count, ...values });
}

/** A second as people say it: 1:23, 1:02:03. */
export function clock(second) {
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, Math.floor(second % 60)];
  const [hours, ...rest] = parts.map((part) => String(part).padStart(2, "0"));
  return (parts[0] ? [parts[0], ...rest] : [parts[1], rest[1]]).join(":");
}

function where(hit, words) {
  const way = [...hit.trail, hit.heading].filter((name) => name && name !== hit.title);
  const steps = way.flatMap((name, place) => (place ? [" › ", make("bdi", "", name)] : [make("bdi", "", name)]));
  const kind = words.kinds?.[hit.kind];
  const at = hit.second !== null && words.at ? sentence(words.at, { time: clock(hit.second) }) : [];
  const facts = [kind ? [kind] : [], steps, at].filter((fact) => fact.length);
  return make("span", "kb-hit__where", ...facts.flatMap((fact) => [make("span", "", ...fact), " "]));
}

function passage(hit) {
  return hit.passage.filter(([text]) => text).map(([text, marked]) => (marked ? make("mark", "", text) : text));
}

/** What stands around the title: the mark of the best answer before it, place and passage after it. */
function around(hit, words, title, isBest) {
  const text = isBest && hit.description ? [hit.description] : passage(hit);
  return [
    ...(isBest ? [make("span", "kb-badge", words.best), " "] : []),
    title,
    " ",
    where(hit, words),
    written("span", "kb-hit__text", ...text),
  ];
}

/** A hit as one link, for the list below a field. */
export function option(root, hit, words, isBest = false) {
  const link = make("a", "kb-hit", ...around(hit, words, written("span", "kb-hit__title", hit.title), isBest));
  link.href = `${root}/${hit.url}`;
  return link;
}

/** A hit as an item of a list, whose title is the link. */
export function item(root, hit, words = {}, isBest = false) {
  const title = written("a", "kb-hit__title", hit.title);
  title.href = `${root}/${hit.url}`;
  return make("li", isBest ? "kb-hit kb-hit--best" : "kb-hit", ...around(hit, words, title, isBest));
}

/** The hits in their order, the best answer first where there is one: pairs of a hit and whether it is that. */
export function ordered({ hits, instant }) {
  const others = hits.filter((hit) => hit.article !== instant?.article);
  return [...(instant ? [[instant, true]] : []), ...others.map((hit) => [hit, false])];
}
