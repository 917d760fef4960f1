// The search index: BM25F over the entries of the build. Pure functions; nothing here touches the page.

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
