/* Only what a page without a program cannot do: keep what is typed, say when that failed, refresh the preview. */
"use strict";
document.addEventListener("htmx:afterSettle", function (event) {
  if (event.target.id !== "nakijken") return;
  var frame = document.querySelector("iframe[name=kijkje]");
  if (frame && frame.contentWindow) frame.contentWindow.location.reload();
});

/* A field inside something folded: open that first. */
function unfold(place) {
  for (var part = place.parentElement; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
}
function show(place) {
  unfold(place);
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
}
document.addEventListener("click", function (event) {
  var link = event.target.closest("a[href^='#v-']");
  var place = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!place) return;
  event.preventDefault();
  show(place);
});
document.addEventListener("DOMContentLoaded", function () {
  var place = /^#[vz]-[\w-]+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (place) unfold(place);
  if (place && place.id[0] === "z") show(place); // what became of a picture
});

/* What has the focus stays above the bar, however high that is now. */
document.addEventListener("DOMContentLoaded", function () {
  var bar = document.querySelector(".balk");
  if (!bar || !window.ResizeObserver) return;
  new ResizeObserver(function () {
    document.documentElement.style.scrollPaddingBottom = bar.offsetHeight + 16 + "px";
  }).observe(bar);
});

/* A file that is too large never leaves the page: the words beside it would go with it. */
document.addEventListener("change", function (event) {
  var field = event.target;
  if (field.type !== "file" || !field.dataset.meest) return;
  var row = field.parentElement, said = row.previousElementSibling;
  if (said && said.getAttribute("role") === "alert") said.remove();
  var file = field.files[0], most = Number(field.dataset.meest);
  if (!file || file.size <= most) return;
  var size = function (bytes) { return (bytes / 1e6).toFixed(1).replace(".", ",").replace(",0", "") + " MB"; };
  said = document.createElement("p");
  said.className = "melding melding--fout";
  said.setAttribute("role", "alert");
  said.textContent = "Dit plaatje is " + size(Math.max(file.size, most + 1e5)) + ". Ten hoogste " + size(most) + " kan. Kies een kleiner plaatje.";
  row.before(said);
  field.value = "";
});

/* Keeping. `typed` counts what was typed, `kept` is how far the workshop has it, `busy` what is on its way. */
document.addEventListener("DOMContentLoaded", function () {
  var form = document.getElementById("formulier"), alarm = document.getElementById("niet-bewaard");
  var box = form && form.querySelector("[hx-post]"), foot = document.getElementById("voet-zin");
  if (!box || !alarm) return;
  var typed = 0, kept = 0, busy = 0, flushed = 0, closed = false, failed = "", again = 0;

  function tell() {
    var open = typed > kept, spot = document.getElementById("opslag");
    if (alarm.textContent !== failed) alarm.textContent = failed;
    alarm.hidden = !failed;
    foot.hidden = Boolean(failed);
    document.getElementById("opslag-balk").textContent = open ? "Nog niet bewaard" : typed ? "Bewaard als concept" : "";
    if (open && spot) spot.textContent = "Nog niet bewaard.";
  }
  function done(number) {
    kept = Math.max(kept, number);
    if (kept === typed) mark(null);
    failed = "";
    tell();
  }
  function fail(why) {
    if (closed) return;
    failed = "Dit is niet bewaard. " + why;
    tell();
    window.clearTimeout(again);
    again = window.setTimeout(function () { htmx.trigger(box, "opnieuw"); }, 10000);
  }
  function reason(status, text) {
    if (status === 403) return "De werkplaats kent dit venster niet meer. Open haar opnieuw met het adres van knm start. Laat dit venster open.";
    var said = new DOMParser().parseFromString(text || "", "text/html").querySelector("[role=alert]");
    return (said ? said.textContent.trim() : "Er ging iets mis in het programma zelf.") + " Wij proberen het steeds opnieuw.";
  }
  var SILENT = "De werkplaats antwoordt niet. Kijk of knm start nog draait. Wat je typt, blijft hier staan.";

  form.addEventListener("input", function (event) {
    if (event.target.type === "file") return;
    typed += 1;
    tell();
  });
  box.addEventListener("htmx:confirm", function (event) {
    if (event.target === box && (closed || typed === kept || typed === busy)) event.preventDefault();
  });
  box.addEventListener("htmx:configRequest", function (event) {
    busy = typed;
    event.detail.number = typed;
    event.detail.parameters.volg = String(typed);
  });
  box.addEventListener("htmx:afterRequest", function (event) {
    var number = event.detail.requestConfig.number;
    if (busy === number) busy = 0;
    if (event.detail.successful) done(number);
  });
  document.addEventListener("htmx:afterSettle", tell);
  box.addEventListener("htmx:sendError", function () { fail(SILENT); });
  box.addEventListener("htmx:timeout", function () { fail(SILENT); });
  box.addEventListener("htmx:responseError", function (event) {
    fail(reason(event.detail.xhr.status, event.detail.xhr.responseText));
  });

  /* A page that is loaded anew can be made before the last letters of this one have come: it finds this mark. */
  var MARK = "getypt:" + form.getAttribute("action");
  function mark(value) {
    try {
      var had = sessionStorage.getItem(MARK);
      if (value) sessionStorage.setItem(MARK, value); else sessionStorage.removeItem(MARK);
      return had;
    } catch (_) { return null; }
  }
  function say(words, address) {
    var said = document.createElement("p"), link = document.createElement("a");
    said.className = "let-op";
    said.setAttribute("role", "alert");
    link.href = address;
    link.textContent = words[1];
    said.append(words[0] + " ", link);
    form.before(said);
  }
  function overtaken() {
    var had = (mark(null) || "").split("."), here = form.getAttribute("action");
    if (had.length !== 2 || had[0] === form.elements.blad.value) return;
    form.inert = true; // no longer than the answer takes: else the older text is typed over
    var free = function () { form.inert = closed; };
    window.setTimeout(free, 4000);
    fetch(here.replace("/bewerk/", "/getypt/") + "?blad=" + had[0] + "&volg=" + had[1]).then(function (answer) {
      return answer.status === 200 ? answer.json() : null;
    }).then(function (found) {
      if (!found) return say(["De laatste letters die je typte, zijn nog niet aangekomen. Wacht even.", "Laad deze pagina opnieuw."], location.href);
      if (found.venster === form.elements.venster.value && found.stand === form.elements.stand.value) return null;
      var address = here + "?venster=" + found.venster;
      if (!typed) return location.replace(address);
      return say(["Je typte hier net ook een andere tekst. Die is bewaard.", "Ga verder met die tekst."], address);
    }).catch(function () {}).then(free);
  }

  /* The window goes, or goes out of sight: send what is not there yet, without waiting for an answer. */
  function flush() {
    if (closed || typed === kept || typed === flushed) return Promise.resolve();
    var number = flushed = typed, body = new URLSearchParams();
    mark(form.elements.blad.value + "." + number);
    new FormData(form).forEach(function (value, name) { if (typeof value === "string") body.append(name, value); });
    body.set("doe", "kijk");
    body.set("volg", String(number));
    if (body.toString().length > 60000) body.delete("van"); // what a browser still sends for a page that goes
    var ask = { method: "POST", body: body, headers: { "HX-Request": "true" }, keepalive: body.toString().length < 64000 };
    return fetch(form.getAttribute("action"), ask).then(function (answer) {
      return answer.text().then(function (text) {
        if (!answer.ok) { flushed = 0; return fail(reason(answer.status, text)); }
        var fresh = new DOMParser().parseFromString(text, "text/html").getElementById("stand");
        if (fresh && number === typed) document.getElementById("stand").innerHTML = fresh.innerHTML;
        done(number);
      });
    }).catch(function () { flushed = 0; fail(SILENT); });
  }
  window.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") flush(); });
  window.addEventListener("beforeunload", function (event) { if (failed && !closed) event.preventDefault(); });

  /* A button of another form, such as "Gooi dit weg": it comes after what was typed, so that this goes along. */
  document.addEventListener("submit", function (event) {
    if (event.target === form || closed || typed === kept || event.defaultPrevented) return;
    event.preventDefault();
    flushed = 0;
    flush().then(function () { if (typed === kept) event.target.requestSubmit(event.submitter); });
  });

  /* A button: the form itself has all that was typed, so no check may come after it. */
  form.addEventListener("submit", function () {
    closed = true;
    htmx.trigger(box, "htmx:abort");
    window.setTimeout(function () { form.inert = true; }, 0);
    window.setTimeout(reopen, 20000);
  });
  /* The page is still there, or came back: it goes on as another window, since its form was sent. */
  function reopen() {
    if (!closed) return;
    closed = form.inert = false;
    var bytes = crypto.getRandomValues(new Uint8Array(8));
    form.elements.blad.value = Array.from(bytes, function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
    typed += 1;
    tell();
  }
  window.addEventListener("pageshow", function (event) { if (event.persisted) reopen(); });

  /* What was typed before this program ran: on a slow computer the fields are there first. */
  function differs(field) {
    if (field.type === "hidden" || field.type === "file") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return "defaultValue" in field && field.value !== field.defaultValue;
    var first = Array.prototype.findIndex.call(field.options, function (option) { return option.defaultSelected; });
    return field.selectedIndex !== Math.max(0, first);
  }
  if (Array.prototype.some.call(form.elements, differs)) {
    typed += 1;
    window.setTimeout(function () { htmx.trigger(box, "opnieuw"); }, 0);
  }
  overtaken();
  tell();
});
