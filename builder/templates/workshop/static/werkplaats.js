/* Only what a page without a program cannot do: refresh the preview after a check, say that a check failed. */
"use strict";
document.addEventListener("htmx:afterSettle", function (event) {
  if (event.target.id !== "nakijken") return;
  var frame = document.querySelector("iframe[name=kijkje]");
  if (frame && frame.contentWindow) frame.contentWindow.location.reload();
});
document.addEventListener("htmx:sendError", function () {
  var place = document.querySelector("#nakijken [role=status]");
  if (place) place.textContent = "De werkplaats antwoordt niet. Start haar opnieuw met knm start. Wat je typt, blijft hier staan.";
});
/* A link to a field inside something folded opens it first. */
document.addEventListener("click", function (event) {
  var link = event.target.closest("a[href^='#v-']");
  var place = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!place) return;
  for (var part = place.parentElement; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  event.preventDefault();
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
});
