// Shows the complaint form in a page of the shop's, as high as it is:
//   <script src="https://redress.example/embed.js" data-type="shoes" async></script>
// data-type: a type of complaint; without it the form asks first. data-lang: en, nb or pl; else the page's own language.
(() => {
  const script = document.currentScript;
  const { origin } = new URL(script.src);
  const { type, lang = document.documentElement.lang } = script.dataset;
  const query = new URLSearchParams({ ...(type && { type }), embed: '1', ...(lang && { lang }) });
  const titles = { nb: 'Reklamasjon', no: 'Reklamasjon', nn: 'Reklamasjon', pl: 'Reklamacja' };

  const frame = document.createElement('iframe');
  frame.src = `${origin}/report${type ? '/new' : ''}?${query}`;
  frame.title = titles[lang.slice(0, 2).toLowerCase()] ?? 'Complaint';
  Object.assign(frame.style, { display: 'block', width: '100%', height: '640px', border: '0', colorScheme: 'light' });

  // Each page in the frame is asked anew, and tells its height to nobody else.
  frame.addEventListener('load', () => frame.contentWindow.postMessage('redress', origin));
  addEventListener('message', ({ source, origin: from, data }) => {
    if (source !== frame.contentWindow || from !== origin) return;
    const height = Number(data?.redress);
    if (height > 0 && height < 50_000) frame.style.height = `${height}px`;
  });
  script.after(frame);
})();
