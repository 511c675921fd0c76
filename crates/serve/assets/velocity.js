// Keys, the right panel and the live region. Everything here is a shortcut to a link or button on the page.
(function () {
  "use strict";
  var byId = function (id) { return document.getElementById(id); };
  var panel = byId("panel");
  var opener = null;

  function say(text, urgent) {
    var region = byId(urgent ? "alert" : "live");
    if (region) { region.textContent = text; }
  }

  function inField(target) {
    return target.closest("input, select, textarea, [contenteditable]") !== null;
  }

  function closePanel() {
    if (!panel || !panel.firstChild) { return false; }
    panel.replaceChildren();
    if (opener && document.contains(opener)) { opener.focus(); }
    opener = null;
    return true;
  }

  function toggleKeys() {
    var dialog = byId("keys");
    if (!dialog) { return; }
    if (dialog.open) { dialog.close(); } else { dialog.showModal(); }
  }

  // Moves the focus along the rows of a list, or along the facts of a record.
  function step(by) {
    var items = Array.from(document.querySelectorAll("[data-item]"));
    if (!items.length) {
      items = Array.from(document.querySelectorAll("[data-fact]"));
    }
    if (!items.length) { return false; }
    var now = items.findIndex(function (item) { return item.contains(document.activeElement); });
    var next = now < 0 ? (by > 0 ? 0 : items.length - 1) : now + by;
    if (next >= 0 && next < items.length) {
      items[next].focus();
      items[next].scrollIntoView({ block: "nearest" });
    }
    return true;
  }

  function why() {
    var fact = document.activeElement.closest("[data-fact]") || document.querySelector("[data-fact]");
    var link = fact && fact.querySelector(".why");
    if (link) { link.click(); }
    return Boolean(link);
  }

  function press(key) {
    var target = document.querySelector('[data-key="' + CSS.escape(key) + '"]');
    if (target) { target.click(); }
    return Boolean(target);
  }

  function act(key) {
    if (key === "?") { toggleKeys(); return true; }
    if (key === "/") {
      var find = byId("q") || document.querySelector("[data-find]");
      if (find) { find.focus(); find.select(); }
      return Boolean(find);
    }
    if (key === "y") { return why(); }
    if (key === "a") {
      var agree = document.querySelector("[data-agree]");
      if (agree) { agree.open = !agree.open; }
      return Boolean(agree);
    }
    if (press(key)) { return true; }
    if (key === "j") { return step(1); }
    if (key === "k") { return step(-1); }
    return false;
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    if (event.key === "Escape") {
      if (inField(event.target)) { event.target.blur(); } else if (closePanel()) { event.preventDefault(); }
      return;
    }
    // A held key must not decide twice.
    if (event.key.length !== 1 || event.repeat && !/[jk]/i.test(event.key)) { return; }
    if (inField(event.target) || document.querySelector("dialog[open]")) { return; }
    if (act(event.key.toLowerCase())) { event.preventDefault(); }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-keys]")) { toggleKeys(); }
    if (panel && panel.contains(event.target) && event.target.closest("[data-close]")) {
      event.preventDefault();
      closePanel();
    }
  });

  // One decision for one press: the buttons of a form that is under way do nothing more.
  document.addEventListener("submit", function (event) {
    if (event.target.method !== "post") { return; }
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    event.target.setAttribute("aria-busy", "true");
  });
  // A page that comes back from the history may be sent again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
  });

  document.addEventListener("htmx:beforeRequest", function (event) {
    var target = event.detail.target;
    if (target) { target.setAttribute("aria-busy", "true"); }
    if (target === panel && !panel.contains(document.activeElement)) { opener = document.activeElement; }
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    var target = event.detail.target;
    if (target === panel) {
      panel.removeAttribute("aria-busy");
      panel.scrollTop = 0;
      var heading = panel.querySelector("[data-focus]");
      if (heading) { heading.focus(); }
      return;
    }
    var results = byId("results");
    if (results) { say(results.dataset.range); }
  });
  document.addEventListener("htmx:sendError", function (event) {
    event.detail.target.removeAttribute("aria-busy");
    say("The server does not answer. Nothing was changed.", true);
  });

  var flash = document.querySelector("[data-say]");
  if (flash) { window.setTimeout(function () { say(flash.textContent); }, 100); }
})();
