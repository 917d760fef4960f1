// The files of the search index, as they lie below `search/` on the host.

/** The text of a file of the site at `root`; rejects where it is missing. */
export async function load(root, name) {
  const response = await fetch(`${root}/search/${name}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.text();
}
