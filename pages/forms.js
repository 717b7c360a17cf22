/** How long the answer to a form may be on the way before it can be sent once more. */
const PATIENCE_MS = 10_000;

let sent = new WeakMap();

// A second click would give up the first answer, and use again what the first one has used up.
document.addEventListener('submit', (event) => {
  const before = sent.get(event.target) ?? -PATIENCE_MS;
  if (event.timeStamp - before < PATIENCE_MS) event.preventDefault();
  else sent.set(event.target, event.timeStamp);
});

// Browsers keep a page for those who come back.
addEventListener('pageshow', () => {
  sent = new WeakMap();
});
