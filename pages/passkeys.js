import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';

/**
 * Passkeys on pages. A form with `data-passkey` says what its button does: the browser asks for options
 * at `data-options`, then for the passkey, puts the answer into the hidden fields, and sends the form.
 * Such forms are hidden until this script shows them.
 */
const csrfToken = document.querySelector('meta[name="csrf-token"]')?.content ?? '';

/** Challenges are good for five minutes. */
const FRESH_MS = 240_000;

const ceremonies = {
  get: (optionsJSON) => startAuthentication({ optionsJSON }),
  create: (optionsJSON) => startRegistration({ optionsJSON }),
  autofill: (optionsJSON) => startAuthentication({ optionsJSON, useBrowserAutofill: true }),
};

async function fetchOptions(form) {
  const password = form.elements.namedItem('current_password')?.value;
  const response = await fetch(form.dataset.options, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken },
    body: JSON.stringify(password ? { current_password: password } : {}),
  });
  const answer = await response.json();
  if (!response.ok) throw answer;
  return answer;
}

/** The field for the address, which is in another form. */
const typed = document.querySelector('[autocomplete~="webauthn"]');

async function run(form, ceremony) {
  const { challenge_id, options } = await fetchOptions(form);
  const answer = await ceremonies[ceremony](options);
  form.elements.namedItem('challenge_id').value = challenge_id;
  form.elements.namedItem('passkey').value = JSON.stringify(answer);
  if (typed) form.elements.namedItem('email').value = typed.value;
  form.submit();
}

/** Shows the text for a problem of the API or of the browser, by its code; else the one for all others. */
function tell(form, code) {
  const texts = [...form.querySelectorAll('[data-failure]')];
  const text = texts.find(({ dataset }) => dataset.failure === code) ?? texts[0];
  text.hidden = false;
  const password = form.elements.namedItem('current_password');
  if (password === null || code !== 'auth.invalid-credentials') return;
  password.setAttribute('aria-invalid', 'true');
  password.setAttribute('aria-describedby', text.id);
  password.focus();
}

function prepare(form) {
  const button = form.querySelector('button');
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    for (const text of form.querySelectorAll('[data-failure]')) text.hidden = true;
    button.disabled = true;
    try {
      await run(form, form.dataset.passkey);
    } catch (problem) {
      tell(form, problem.code);
    }
    button.disabled = false;
  });
}

/** Offers passkeys in the field for the address. A page stays open for longer than its challenge is good. */
function offer(form) {
  let asked = -FRESH_MS;
  const ask = () => {
    if (performance.now() - asked < FRESH_MS) return;
    asked = performance.now();
    // Ends without a passkey when the person types a password, or uses the button.
    run(form, 'autofill').catch(() => undefined);
  };
  typed?.addEventListener('focus', ask);
  ask();
}

if (browserSupportsWebAuthn()) {
  const forms = [...document.querySelectorAll('form[data-passkey]')];
  forms.forEach(prepare);
  const autofill = forms.find((form) => form.dataset.autofill !== undefined);
  if (autofill && (await browserSupportsWebAuthnAutofill())) offer(autofill);
} else {
  // Browsers without passkeys say what those without JavaScript say.
  for (const note of document.querySelectorAll('noscript')) note.outerHTML = note.textContent;
}
