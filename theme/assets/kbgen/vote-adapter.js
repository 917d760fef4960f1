// Votes as events of the analytics script that the site loads. Without that script nothing is sent, and nothing fails.

const VENDORS = {
  ga4(name, facts) {
    if (window.gtag) window.gtag("event", name, facts);
    else window.dataLayer?.push({ event: name, ...facts }); // a tag manager alone
  },
  plausible: (name, facts) => window.plausible?.(name, { props: facts }),
  umami: (name, facts) => window.umami?.track(name, facts),
  matomo: (name, { article, revision, section, helpful, reason }) =>
    window._paq?.push(["trackEvent", name, reason || helpful, `${article}${section ? `#${section}` : ""} ${revision}`]),
};

/** The events that say how a vote differs from the one before; a comment is never among them. */
export function events({ article, revision, section, helpful, reason }, before) {
  const facts = (answer) => ({ article, revision, ...(section && { section }), helpful: answer ? "yes" : "no" });
  const list = [];
  if (before !== undefined && before !== helpful) list.push(["article_vote_undone", facts(before)]);
  if (helpful !== null && before !== helpful) list.push(["article_vote", facts(helpful)]);
  if (reason) list.push(["article_vote_reason", { ...facts(helpful), reason }]);
  return list;
}

/** Tells an adapter of a vote. */
export function report(adapter, vote, before) {
  for (const [name, facts] of events(vote, before)) {
    try {
      VENDORS[adapter](name, facts);
    } catch {
      // their script is at fault; the reader has done their part
    }
  }
}
