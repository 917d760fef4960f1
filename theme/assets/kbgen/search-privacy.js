// What leaves the device of a search: its words, without what may name a person.

const MOST = 200;
const READ = 1000;
const MAIL = /[\p{L}\p{N}._%+'-]+(?:@|%40)[\p{L}\p{N}.-]*/gu;
const ADDRESS = /\S+:\/\/\S+|\S+\?\S*=\S*/g;
const DIGITS = /\p{Nd}(?:[\s\p{Pd}./()+]*\p{Nd}){5,}/gu;
const TOKEN = /[\p{L}\p{N}_+/=-]{20,}/gu;

/** A query without e-mail addresses, long numbers, what follows an address's question mark, and long codes. */
export function scrubbed(query) {
  const text = query
    .slice(0, READ)
    .normalize("NFKC") // digits of every width
    .replace(/\.{3}/g, "…")
    .replace(MAIL, "…")
    .replace(ADDRESS, (address) => address.replace(/[?#].*/, "…"))
    .replace(DIGITS, "…")
    .replace(TOKEN, (token) => (/\p{L}/u.test(token) && /\p{N}/u.test(token) ? "…" : token))
    .replace(/\s+/g, " ")
    .trim();
  return [...text].slice(0, MOST).join("").trim();
}
