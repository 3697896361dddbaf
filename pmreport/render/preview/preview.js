// Asks whether the page was made anew, loads it again where it stood, and opens its links beside it.
"use strict";
(() => {
  const frame = document.querySelector("iframe");
  const state = document.getElementById("state");
  let number = document.body.dataset.number;
  let place = 0;
  let open = [];
  let isReport = true; // and not the page that says why there is none

  const folds = () => [...frame.contentDocument.querySelectorAll("details")];
  const outside = (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !/^https?:$/.test(link.protocol) || link.origin === location.origin) return;
    event.preventDefault(); // a site would not let itself be framed
    window.open(link.href, "_blank", "noopener,noreferrer");
  };
  const remember = () => {
    place = frame.contentWindow.scrollY;
    open = folds().flatMap((fold, index) => (fold.open ? [index] : []));
  };
  const arrived = () => {
    frame.contentDocument.addEventListener("click", outside);
    folds().forEach((fold, index) => (fold.open = open.includes(index)));
    frame.contentWindow.scrollTo(0, place);
  };
  frame.addEventListener("load", arrived);
  if (frame.contentDocument?.readyState === "complete") arrived();

  const say = (words, isTrouble) => {
    if (state.textContent !== words) state.textContent = words;
    state.className = isTrouble ? "trouble" : "";
  };
  const look = async () => {
    try {
      const answer = await fetch("state", { cache: "no-store" });
      const known = await answer.json();
      if (String(known.number) !== number) {
        number = String(known.number);
        if (isReport) remember();
        isReport = known.is_whole;
        frame.contentWindow.location.replace(`page?${number}`);
      }
      say(known.is_whole ? "watching" : "cannot be made just now", !known.is_whole);
    } catch {
      say("pmreport has ended; start it again", true);
    }
    setTimeout(look, 700);
  };
  look();
})();
