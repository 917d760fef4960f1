{
  const main = document.currentScript.dataset.main;
  try {
    const scheme = localStorage.getItem("kbgen.scheme");
    if (scheme) document.documentElement.dataset.scheme = scheme;
  } catch {}
  requestAnimationFrame(() => setTimeout(() => {
    const script = document.createElement("script");
    script.type = "module";
    script.src = main;
    document.head.append(script);
  }));
}
