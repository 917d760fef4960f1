// Mounts each behaviour where the page has a place for it. Everything on the page works without this file.
import { mount as mountSearch, mountResults } from "./search.js";
import { mount as mountCopy } from "./copy.js";
import { mount as mountVideo } from "./video.js";
import { mount as mountVote, deliver } from "./vote.js";

document.querySelectorAll(".md-typeset pre > code").forEach(mountCopy);
document.querySelectorAll("[data-kb-search]").forEach(mountSearch);
document.querySelectorAll("[data-kb-results]").forEach(mountResults);
document.querySelectorAll("[data-kb-video]").forEach(mountVideo);
document.querySelectorAll("[data-kb-vote]").forEach(mountVote);
deliver();
