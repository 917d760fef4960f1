{
  const banners = document.currentScript.previousElementSibling;
  try {
    const closed = (localStorage.getItem("kbgen.closed") || "").split(" ");
    for (const banner of [...banners.children]) if (closed.includes(banner.dataset.kbAnnouncement)) banner.remove();
    if (!banners.childElementCount) banners.remove();
  } catch {}
}
