// Pagefind as it comes: its own command has read the pages, and the reader fetches parts of its index.

export const open = (_, base) => opened(base, {});

/** A search with options; the address of a page is that of its article and `.html`. */
export async function opened(base, options) {
  const pagefind = await import(new URL("pagefind/pagefind.js", base));
  await pagefind.options({ baseUrl: "/", ...options });
  await pagefind.init();
  return async (query, limit) => {
    const { results } = await pagefind.search(query);
    const pages = await Promise.all(results.slice(0, limit).map((result) => result.data()));
    return pages.map((page) => decodeURIComponent(page.raw_url ?? page.url).replace(/^\//, "").replace(/\.html$/, ""));
  };
}
