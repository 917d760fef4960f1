// The search engine: what a query means, which articles fit it best, and why; the same order as kbgen/search gives.
// A pure module: it touches no page, and runs under Node too.
import { open, PREFIX } from "./search-index.js";
import { passage } from "./search-passage.js";
import { meant } from "./search-spelling.js";
import { fold, folded, words } from "./search-words.js";

const [MOST_WORDS, COMPLETIONS] = [24, 8];
const [EXACT, BY_ENDING, BEGUN, LONGER, SLIPPED, LITTLE] = [1, 0.9, 0.6, 0.3, [1, 0.8, 0.6], 0.05];
const [READ, ALL_WORDS, RARE, RARE_IMPACT] = [8, 0.7, 3, 20];
const [SAME_QUESTION, OTHER_PHRASES, SAME_PLACE, USUAL_LITTLE] = [1.5, 1, 1.2, 1500];
const [INSTANT, TOP] = [0.85, -1];

/** Opens the index of a language; `load(name)` resolves to the text of a file below search/. */
export async function openIndex(language, load) {
  let index = await open(language, load);
  const facets = index.manifest.filters;
  return { facets, search: (query, options) => search(index, query, options).catch(() => again(query, options)) };

  /** The site may have been built anew since the manifest was read: its files then have other names. */
  async function again(query, options) {
    index = await open(language, load);
    return search(index, query, options);
  }
}

async function search(index, text, { limit = 8, typing = false, filters = {} } = {}) {
  const query = await readQuery(index, text, typing);
  const { total, ranked: best } = rank(index, query, await index.only(filters), Math.max(limit, READ));
  const ranked = await readAgain(index, best, query);
  const shown = ranked.slice(0, limit);
  await Promise.all(shown.map(async (each) => (each.entry ??= await index.article(each.slot))));
  const hits = shown.map((each) => hit(each, query));
  const corrections = query.asked.filter((asked) => asked.corrected).map((asked) => [asked.word, asked.corrected]);
  const mended = new Map(corrections);
  return {
    hits,
    total,
    words: query.words,
    corrections,
    corrected: corrections.length ? query.words.map((word) => mended.get(word) || word).join(" ") : "",
    instant: hits.length && ranked[0].phrase >= INSTANT ? hits[0] : null,
  };
}

/** What is meant by each telling word; `typing` says that the last word may go on. */
async function readQuery(index, text, typing) {
  const typed = words(text).slice(0, MOST_WORDS).map(fold);
  const unfinished = typing && /\S$/.test(text) ? typed.at(-1) : undefined;
  const asked = await Promise.all([...new Set(typed)].map((word) => ask(index, word, word === unfinished)));
  const little = asked.filter(({ word }) => index.stop.has(word) && word !== unfinished);
  if (little.length < asked.length) little.forEach((each) => (each.isLittle = true));
  return { words: typed, asked, all: formsOf(asked, () => true), telling: formsOf(asked, (each) => !each.isLittle) };
}

/** Which word of the query, by number, each form that articles write stands for. */
function formsOf(asked, counts) {
  const forms = new Map();
  asked.forEach((each, number) => {
    if (counts(each)) for (const form of each.forms) if (!forms.has(form)) forms.set(form, number);
  });
  return forms;
}

async function ask(index, word, typing) {
  const meanings = new Map();
  const mean = async (form, factor) => {
    for (const stem of await index.stems(form)) if (!meanings.has(stem)) meanings.set(stem, factor);
  };
  await mean(word, EXACT);
  const begun = meanings.size ? LONGER : BEGUN;
  if (typing) for (const form of await index.completions(word, COMPLETIONS)) await mean(form, begun);
  const known = meanings.size || index.stop.has(word);
  if (!known) for (const stem of await byEnding(index, word)) meanings.set(stem, BY_ENDING);
  let corrected = "";
  if (!known && !meanings.size) {
    const near = meant(word, await index.vocabulary(), (await index.shard(word)).stems.keys());
    for (const [form, slips] of near) await mean(form, SLIPPED[slips]);
    corrected = near.length ? near[0][0] : "";
  }
  const groups = await Promise.all([...meanings].map(async ([stem, factor]) => [await index.group(stem), factor]));
  const rarities = groups.map(([group]) => index.rarity(group.count));
  const forms = groups.flatMap(([group]) => group.forms);
  return { word, corrected, groups, rarities, rarity: Math.max(0, ...rarities), forms };
}

/** The stem that a word would have, were it a form that no article uses. */
async function byEnding(index, word) {
  const has = async (stem) => (await index.shard(stem)).groups.has(stem);
  for (const [ending, replaced] of index.manifest.endings) {
    const start = word.slice(0, word.length - ending.length);
    if (word.endsWith(ending) && start.length >= PREFIX - 1 && (await has(start + replaced))) return [start + replaced];
  }
  return (await has(word)) ? [word] : [];
}

/** The `most` best articles by their postings, best first, and how many have a word of the query. */
function rank(index, query, only, most) {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * index.manifest.articles))); // as many slots as there are
  const [scores, covered, best] = [1, 2, 3].map(() => new Float64Array(size));
  const seen = [];
  let total = 0;
  for (const asked of query.asked) {
    const rarity = asked.isLittle ? 0 : asked.rarity;
    total += rarity;
    for (const slot of noteBest(asked, best)) {
      if (!scores[slot]) seen.push(slot);
      scores[slot] += best[slot];
      covered[slot] += rarity;
      best[slot] = 0;
    }
  }
  const hasLittle = query.asked.some((asked) => asked.isLittle); // such a word alone does not make an article an answer
  const [least, share] = total ? [1 - ALL_WORDS, ALL_WORDS / total] : [1, 0];
  const slots = seen.filter((slot) => (!only || only.has(slot)) && (!hasLittle || covered[slot]));
  for (const slot of slots) scores[slot] *= least + share * covered[slot];
  return { total: slots.length, ranked: bestOf(slots, scores, most) };
}

/** Notes what each article gets for one word of the query, the most that a meaning of it gives; which articles those are. */
function noteBest(asked, best) {
  const slots = [];
  asked.groups.forEach(([group, factor], number) => {
    const worth = factor * asked.rarities[number] * (asked.isLittle ? LITTLE : 1);
    const least = group.count <= RARE ? RARE_IMPACT : 0;
    const { postings } = group;
    for (let n = 0; n < postings.length; n += 2) {
      const slot = postings[n];
      if (!best[slot]) slots.push(slot);
      best[slot] = Math.max(best[slot], worth * Math.max(postings[n + 1], least));
    }
  });
  return slots;
}

/** The `most` slots with the highest scores, best first. */
function bestOf(slots, scores, most) {
  const kept = [];
  for (const slot of slots) {
    const each = { slot, score: scores[slot], part: TOP, phrase: 0 };
    if (kept.length === most && byScore(each, kept[most - 1]) > 0) continue;
    kept.splice(placeOf(each, kept), 0, each);
    if (kept.length > most) kept.pop();
  }
  return kept;
}

/** Where something belongs among others that are in order. */
function placeOf(each, kept) {
  let [from, to] = [0, kept.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (byScore(kept[middle], each) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

const byScore = (a, b) => b.score - a.score || a.slot - b.slot;

/** The same, with the best of them read and put in order by what they say. */
async function readAgain(index, ranked, query) {
  const first = ranked.slice(0, READ);
  const phrase = phraseOf(index, query);
  await Promise.all(first.map(async (each) => (each.entry = await index.article(each.slot))));
  for (const each of first) {
    const { title, answers, prior = 0 } = each.entry;
    const alike = [title, ...answers].map((text) => likeness(phrase, text)).sort((a, b) => b - a);
    const [part, share] = bestPart(phrase, each.entry);
    Object.assign(each, { part, phrase: alike[0] });
    const others = alike.slice(1, 4).reduce((sum, value) => sum + value, 0);
    each.score *= (1 + SAME_QUESTION * (alike[0] + (OTHER_PHRASES * others) / 3)) * (1 + SAME_PLACE * share) * (1 + prior);
  }
  return [...first.sort(byScore), ...ranked.slice(READ)];
}

/** The query as a phrase that others are compared with. */
function phraseOf(index, query) {
  const rarities = query.asked.map((asked) => asked.rarity);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const unknown = query.asked.filter((asked) => !asked.groups.length && !asked.isLittle).length;
  const known = sum(rarities);
  const weight = known + unknown * index.rarity(0);
  const whole = sum(rarities.filter((_, number) => !query.asked[number].isLittle));
  const usual = rarities.length ? known / rarities.length : 0;
  return { rarities, whole, usual, weight, stop: index.stop, meant: query.all, telling: query.telling };
}

/** How alike the query and a text are: twice what they share over what both have (Dice), by rarity. */
function likeness(phrase, text) {
  let [shared, weight] = [0, 0];
  const seen = new Set();
  for (const word of new Set(folded(text))) {
    const number = phrase.meant.get(word);
    if (number === undefined) {
      weight += phrase.stop.has(word) ? USUAL_LITTLE : phrase.usual;
    } else if (!seen.has(number)) {
      seen.add(number);
      weight += phrase.rarities[number];
      shared += phrase.rarities[number];
    }
  }
  const both = weight + phrase.weight;
  return both ? (2 * shared) / both : 0;
}

/** The part that has more of the query than title and summary have, and how much a part has, from 0 to 1. */
function bestPart(phrase, entry) {
  let [best, most] = [TOP, 0];
  const has = (words) => new Set(words.map((word) => phrase.telling.get(word)).filter((number) => number !== undefined));
  const worth = (numbers) => [...numbers].sort((a, b) => a - b).reduce((sum, number) => sum + phrase.rarities[number], 0);
  const least = worth(has([...folded(entry.title), ...folded(entry.description)]));
  entry.parts.forEach((part, number) => {
    part.words ??= [folded(part.heading), folded(part.text)];
    const [heading, text] = part.words.map(has);
    const share = worth(new Set([...heading, ...text])) + 0.1 * worth(heading);
    if (share > Math.max(most, least)) best = number;
    most = Math.max(most, share);
  });
  return [best, phrase.whole ? Math.min(1, Math.max(most, least) / phrase.whole) : 0];
}

function hit(ranked, query) {
  const { article, title, url, kind, trail, description, parts } = ranked.entry;
  const { anchor, heading, text, second = null } = parts[ranked.part] || { anchor: "", heading: "", text: "" };
  return {
    article,
    title,
    url: second === null ? (anchor ? `${url}#${anchor}` : url) : `${url}?t=${second}`,
    kind,
    trail,
    heading,
    second,
    description,
    passage: passage(text || description || parts[0]?.text || "", query.telling),
    score: Math.floor((ranked.score * 100) / 1024 + 0.5) / 100,
  };
}
