// What the section gains by script: copying at a press, and a picker for the colour.
for (const button of document.querySelectorAll('button[data-copy]')) {
  const input = document.getElementById(button.dataset.copy);
  const label = button.querySelector('[data-label]');
  const words = label.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      // Only over TLS or on this very machine is there a clipboard to write to.
      if (!document.execCommand('copy')) return;
    }
    label.textContent = button.dataset.done;
    setTimeout(() => { label.textContent = words; }, 2500);
  });
}
const [pick, accent] = ['accent-pick', 'accent'].map((id) => document.getElementById(id));
const show = () => { if (/^#[0-9a-f]{6}$/i.test(accent.value.trim())) pick.value = accent.value.trim(); };
pick.hidden = false;
show();
pick.addEventListener('input', () => { accent.value = pick.value; });
accent.addEventListener('input', show);

// The logo is sent by a form of its own: what was typed beside it is not to be lost.
const settings = accent.form;
let typed = false;
settings.addEventListener('input', () => { typed = true; });
for (const other of document.querySelectorAll('form[data-unsaved]')) {
  other.addEventListener('submit', (event) => {
    if (typed && !confirm(other.dataset.unsaved)) event.preventDefault();
  });
}
