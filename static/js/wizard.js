// Copying, printing, dialogs and the trouble line. Everything else is markup and htmx, and works without this file.
//
//   <button data-copies="ID">          copies the value of the field ID
//   <a href="…/confirm" data-opens="ID">   opens <dialog id="ID"> in place of the page; no script: the page
//   <button data-closes>               closes the dialog around it
//   <button data-prints>               prints the page
//   <dialog id="idle" data-after-s="…">    opens when nothing was pressed for so many seconds
//   <div id="trouble" data-offline="…" data-silent="…">   filled while requests go unanswered

const COPIED_MS = 2000;

function announce(words) {
  document.getElementById("live").textContent = words;
}

function sayOn(button, words) {
  button.dataset.words ??= button.textContent;
  button.textContent = words;
}

function sayCopied(button) {
  sayOn(button, "Copied");
  announce("Copied");
  clearTimeout(Number(button.dataset.timer));
  button.dataset.timer = setTimeout(() => {
    button.textContent = button.dataset.words;
  }, COPIED_MS);
}

// Browsers have a clipboard on https and localhost alone; elsewhere the field is selected and the keys are named.
function askForKeys(button, field) {
  const words = "Press Ctrl+C";
  field.focus();
  field.select();
  sayOn(button, words);
  announce(words);
  field.addEventListener("copy", () => sayCopied(button), { once: true });
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(field.value);
    sayCopied(button);
  } catch {
    askForKeys(button, field);
  }
}

function openDialog(dialog) {
  dialog.showModal(); // gives the focus back to the opener when it closes
  const heading = dialog.querySelector("h2");
  heading.tabIndex = -1;
  heading.focus();
}

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-copies], [data-opens], [data-closes], [data-prints]");
  if (!pressed) return;
  if (pressed.dataset.copies) return void copy(pressed);
  event.preventDefault();
  if ("prints" in pressed.dataset) return void window.print();
  if (pressed.dataset.opens) openDialog(document.getElementById(pressed.dataset.opens));
  else pressed.closest("dialog").close();
});

// By the clock and not by a timer of that length: browsers slow the timers of hidden tabs, and a computer sleeps.
const LOOKED_EVERY_MS = 10_000;
const idle = document.getElementById("idle");
let pressedAt = Date.now();

function justPressed() {
  pressedAt = Date.now();
}

if (idle) {
  idle.addEventListener("close", justPressed);
  document.addEventListener("click", (event) => {
    if (event.target.closest('[name="now"]')) justPressed();
  });
  setInterval(() => {
    if (!idle.open && Date.now() - pressedAt >= Number(idle.dataset.afterS) * 1000) openDialog(idle);
  }, LOOKED_EVERY_MS);
}

// The same words are never set twice: a screen reader would say them at each look.
function showTrouble(words) {
  const line = document.getElementById("trouble");
  if (line.textContent === words) return;
  line.replaceChildren();
  if (words) line.appendChild(document.createElement("span")).textContent = words;
}

function troubleIsOver() {
  showTrouble("");
}

function troubleBegins() {
  const { offline, silent } = document.getElementById("trouble").dataset;
  showTrouble(navigator.onLine ? silent : offline);
}

document.addEventListener("htmx:error", troubleBegins);
document.addEventListener("htmx:response:error", ({ detail }) => {
  if (detail.ctx.response.status >= 500) troubleBegins(); // 401 and 422 bring their own words into the page
});
document.addEventListener("htmx:after:request", ({ detail }) => {
  if (detail.ctx.response.status < 500) troubleIsOver();
});
