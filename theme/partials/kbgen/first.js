{
  const { main, type } = document.currentScript.dataset;
  try {
    const scheme = localStorage.getItem("kbgen.scheme");
    if (scheme) document.documentElement.dataset.scheme = scheme;
  } catch {}
  requestAnimationFrame(() => setTimeout(() => {
    const script = document.createElement("script");
    script.type = type;
    script.src = main;
    document.head.append(script);
  }));
}
