// The index as it is read: a manifest, shards of words, a vocabulary and one file for each article, loaded when needed.
// The files are those of kbgen/search/{manifest,shard,spelling}.py; nothing here touches the page.

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const VALUES = new Uint8Array(128);
for (let n = 0; n < 64; n++) VALUES[DIGITS.charCodeAt(n)] = n;
const NAME = 6;
export const PREFIX = 4;
const NONE = { forms: [], postings: [], count: 0 };
const KEPT = 1000; // shards and articles kept of each kind; a long session begins anew with them

const byOrder = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Opens the index of a language; `load(name)` resolves to the text of a file below search/. */
export async function open(language, load) {
  const manifest = JSON.parse(await load(`${language}.json`));
  const own = (name) => load(`${language}/${name}`);
  return new Index(manifest, own);
}

export class Index {
  constructor(manifest, load) {
    this.manifest = manifest;
    this.load = load;
    this.stop = new Set(manifest.stop.split(" "));
    this.shards = new Map();
    this.articles = new Map();
  }

  /** The shard that a word lies in. */
  shard(word) {
    const { shards } = this.manifest;
    const number = this.stop.has(word) ? shards : shardOf(word, shards);
    const name = this.manifest.names.substr(number * NAME, NAME);
    return once(this.shards, number, () => this.load(`${number}.${name}.txt`).then(decode));
  }

  /** The forms and postings of a stem. */
  async group(stem) {
    const shard = await this.shard(stem);
    return shard.groups.has(stem) ? postingsOf(shard.groups.get(stem)) : NONE;
  }

  /** The stems of a word as it is written, by their letters. */
  async stems(form) {
    return [...((await this.shard(form)).stems.get(form) || [])].sort(byOrder);
  }

  /** How much it says that an article has a word that so many have: inverse document frequency, in 1/1024. */
  rarity(count) {
    return Math.round(1024 * Math.log(1 + (this.manifest.articles - count + 0.5) / (count + 0.5)));
  }

  /** The words that correct others, with how many articles have each. */
  vocabulary() {
    return once(this, "words", () => this.load(`words.${this.manifest.words}.txt`).then(readVocabulary));
  }

  /** Words that begin so, the most frequent first. */
  async completions(start, most) {
    const counts = new Map();
    if ([...start].length < PREFIX) {
      for (const [word, count] of await this.vocabulary()) if (word.startsWith(start)) counts.set(word, count);
    } else {
      const shard = await this.shard(start);
      for (const [form, stems] of shard.stems) {
        if (!form.startsWith(start)) continue;
        const groups = await Promise.all([...stems].map((stem) => this.group(stem)));
        counts.set(form, Math.max(...groups.map((group) => group.count)));
      }
    }
    counts.delete(start);
    return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || byOrder(a, b)).slice(0, most);
  }

  /** What the index knows of an article. */
  article(slot) {
    return once(this.articles, slot, () => this.load(`a/${slot}.json`).then(JSON.parse));
  }

  /** The articles for the chosen values, such as `{ products: "Pro" }`; `null` for all. */
  async only(filters) {
    let wanted = null;
    for (const [name, value] of Object.entries(filters)) {
      const facets = await once(this, "facets", () => this.load(`facets.${this.manifest.facets}.json`).then(JSON.parse));
      const slots = new Set((facets[name] || {})[value] || []);
      wanted = wanted ? new Set([...wanted].filter((slot) => slots.has(slot))) : slots;
    }
    return wanted;
  }
}

/** What `make` promises, made once for each key; a failure is forgotten, so that the next time tries again. */
function once(kept, key, make) {
  const map = kept instanceof Map ? kept : (kept.made ??= new Map());
  if (!map.has(key)) {
    if (map.size >= KEPT) map.clear();
    const made = make();
    map.set(key, made);
    made.catch(() => map.delete(key));
  }
  return map.get(key);
}

/** FNV-1a of the code points of a word's first characters, in as many bits as there are shards (a power of two). */
export function shardOf(word, count) {
  let value = 0x811c9dc5;
  for (const character of [...word].slice(0, PREFIX)) value = Math.imul(value ^ character.codePointAt(0), 0x01000193);
  return ((value ^ (value >>> 15)) & (count - 1)) >>> 0;
}

/** A shard's lines: what is behind each stem is read when it is asked for. */
export function decode(text) {
  const shard = { groups: new Map(), stems: new Map() };
  const note = (form, stem) => (shard.stems.get(form) || shard.stems.set(form, new Set()).get(form)).add(stem);
  for (const line of text.split("\n").slice(0, -1)) {
    const elsewhere = line.split(" > ");
    if (elsewhere.length === 2) {
      note(...elsewhere);
      continue;
    }
    const [stem, forms, postings, count] = line.split("\t");
    if (postings === undefined) throw new Error(`damaged: ${line.slice(0, 40)}`);
    const read = (form) => stem.slice(0, stem.length - parseInt(form[0], 36)) + form.slice(1);
    const group = { forms: forms ? forms.split(",").map(read) : [], packed: postings, count: Number(count) };
    shard.groups.set(stem, group);
    for (const form of group.forms) note(form, stem);
  }
  return shard;
}

/** Reads the postings of a group: slot, impact, slot, impact, … */
function postingsOf(group) {
  if (group.postings) return group;
  const found = [];
  let [slot, gap, shift] = [-1, 0, 0];
  for (let n = 0; n < group.packed.length; n++) {
    const value = VALUES[group.packed.charCodeAt(n)];
    gap |= (value & 31) << shift;
    if (value > 31) {
      shift += 5;
      continue;
    }
    slot += gap + 1;
    gap = shift = 0;
    found.push(slot, VALUES[group.packed.charCodeAt(++n)]);
  }
  group.postings = found;
  group.count ||= found.length / 2;
  return group;
}

/** Words with their counts; each line begins with how many letters it shares with the one before. */
export function readVocabulary(text) {
  const counts = new Map();
  let before = "";
  for (const line of text.split("\n").slice(0, -1)) {
    const [same, rest, count] = line.split(" ");
    before = before.slice(0, Number(same)) + rest;
    counts.set(before, Number(count));
  }
  return counts;
}
