// Listens to the preview: what it says, and that it has stopped. Used by pages and by their shared worker.

/** Calls `tell` with each status `{build, error}`, and with `{stopped: true}` while nobody answers. */
export function listen(tell) {
  const events = new EventSource("/__kbgen/events");
  events.onmessage = ({ data }) => tell(JSON.parse(data));
  events.onerror = () => {
    tell({ stopped: true });
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000, tell);
  };
}
