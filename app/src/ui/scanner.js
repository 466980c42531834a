// A hand scanner on pages that load no client: the rule of `domain::scan::Burst`, and of `ui/scanner.rs`.
const untyped = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];
const isTyping = ({ target }) =>
  target.tagName === 'TEXTAREA' || (target.tagName === 'INPUT' && !untyped.includes(target.type));
let [text, last] = ['', -Infinity];
addEventListener('keydown', (event) => {
  const { key, timeStamp: at } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) {
    [text, last] = ['', -Infinity];
    return;
  }
  if (at - last > PAUSE) text = '';
  last = at;
  if (key === 'Enter') {
    const scanned = text;
    [text, last] = ['', -Infinity];
    if ([...scanned].length >= LEAST) {
      // Else it would send the form that has the focus.
      event.preventDefault();
      location.assign(`PAGE?${new URLSearchParams({ text: scanned })}`);
    }
  } else if ([...key].length === 1) {
    text += key;
  } else if (key !== 'Shift') {
    [text, last] = ['', -Infinity];
  }
});
